package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document of a knowledge base.
 *
 * @param name file name as uploaded, the address of a page, or the question of a question-and-answer pair
 * @param mediaType found in the bytes once processed, the declared one before
 * @param reason why it failed, for people; null unless {@link DocumentStatus#FAILED}
 * @param progress share of the pipeline done, 0 to 1
 * @param tags by which people sort it, in small letters, sorted
 * @param owner who answers for it, in the tenant's words
 * @param validUntil from when on it is in no answer; null: it holds for ever
 * @param language that its text is in, ISO 639-1; null: not known, so that its knowledge base's counts
 * @param pace of the step it is in; null while it is in none
 * @param version counts re-uploads, from 1; results of an older version are thrown away
 */
public record Document(
        DocumentId id,
        KnowledgeBaseId knowledgeBase,
        DocumentKind kind,
        String name,
        String mediaType,
        long sizeBytes,
        DocumentStatus status,
        @Nullable String reason,
        double progress,
        int chunks,
        int version,
        List<String> tags,
        @Nullable String language,
        @Nullable String owner,
        @Nullable Instant validUntil,
        @Nullable Pace pace,
        Instant createdAt) {

    public Document {
        tags = List.copyOf(tags);
    }

    /** How long its reading will take still, as fast as it goes now; empty while that is not known, and where nothing goes on. */
    public Optional<Duration> timeLeft(Instant now) {
        return pace == null || status != DocumentStatus.PROCESSING ? Optional.empty() : pace.left(progress, now);
    }

    /** Whether it holds no longer at a time, so that it is in no answer. */
    public boolean expired(Instant at) {
        return validUntil != null && !validUntil.isAfter(at);
    }
}
