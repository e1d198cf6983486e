package io.switchboard.api;

import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.sites.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as the API shows it. A site that was given as {@code sitemap} is shown as one too: ready once it and all of its pages are
 * read, with the passages of all of them.
 *
 * @param kind FILE, PAGE, FAQ, or SITE
 * @param reason why it failed, for people; null unless it did
 * @param owner who answers for it
 * @param validUntil from when on it is in no answer; null: it holds for ever
 * @param language that its text is in, ISO 639-1; null where that is not certain and its knowledge base's counts
 * @param progress share of the pipeline done, 0 to 1
 * @param secondsLeft until it is ready, as fast as it goes now; null while that is not known, and where nothing goes on
 */
record DocumentResponse(
        UUID id,
        UUID knowledgeBaseId,
        String kind,
        String name,
        String mediaType,
        long sizeBytes,
        DocumentStatus status,
        @Nullable String reason,
        int chunks,
        double progress,
        @Nullable Long secondsLeft,
        List<String> tags,
        @Nullable String language,
        @Nullable String owner,
        @Nullable Instant validUntil,
        Instant createdAt) {

    static DocumentResponse of(Site site) {
        return new DocumentResponse(
                site.id().value(),
                site.knowledgeBase().value(),
                "SITE",
                site.address().toString(),
                "application/xml",
                0,
                status(site),
                status(site) == DocumentStatus.FAILED ? site.problem() : null,
                site.counts().chunks(),
                site.progress(),
                null,
                List.of(),
                null,
                site.validity().owner(),
                site.validity().until(),
                site.createdAt());
    }

    private static DocumentStatus status(Site site) {
        return switch (site.state()) {
            case WAITING -> DocumentStatus.PENDING;
            case RUNNING, REMOVING -> DocumentStatus.PROCESSING;
            case DONE, STOPPED -> site.counts().underWay() > 0 ? DocumentStatus.PROCESSING : DocumentStatus.READY;
            case FAILED -> DocumentStatus.FAILED;
        };
    }

    static DocumentResponse of(Document document, Instant now) {
        return new DocumentResponse(
                document.id().value(),
                document.knowledgeBase().value(),
                document.kind().name(),
                document.name(),
                document.mediaType(),
                document.sizeBytes(),
                document.status(),
                document.reason(),
                document.chunks(),
                document.progress(),
                document.timeLeft(now).map(Duration::toSeconds).orElse(null),
                document.tags(),
                document.language(),
                document.owner(),
                document.validUntil(),
                document.createdAt());
    }
}
