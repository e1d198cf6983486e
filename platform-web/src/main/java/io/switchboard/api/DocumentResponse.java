package io.switchboard.api;

import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.knowledge.DocumentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as the API shows it.
 *
 * @param reason why it failed, for people; null unless it did
 * @param progress share of the pipeline done, 0 to 1
 */
record DocumentResponse(
        UUID id,
        UUID knowledgeBaseId,
        DocumentKind kind,
        String name,
        String mediaType,
        long sizeBytes,
        DocumentStatus status,
        @Nullable String reason,
        int chunks,
        double progress,
        List<String> tags,
        Instant createdAt) {

    static DocumentResponse of(Document document) {
        return new DocumentResponse(
                document.id().value(),
                document.knowledgeBase().value(),
                document.kind(),
                document.name(),
                document.mediaType(),
                document.sizeBytes(),
                document.status(),
                document.reason(),
                document.chunks(),
                document.progress(),
                document.tags(),
                document.createdAt());
    }
}
