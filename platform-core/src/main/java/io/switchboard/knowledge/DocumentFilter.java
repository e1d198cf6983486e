package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents may speak; all conditions must hold.
 *
 * @param documents those of them; empty: any
 * @param tags documents with at least one of them; empty: any
 * @param language ISO 639-1; null: any
 * @param addedSince added then or later; null: whenever
 * @param addedBefore added earlier; null: whenever
 */
public record DocumentFilter(
        Set<DocumentId> documents,
        Set<String> tags,
        @Nullable String language,
        @Nullable Instant addedSince,
        @Nullable Instant addedBefore) {

    public static final DocumentFilter NONE = new DocumentFilter(Set.of(), Set.of(), null, null, null);

    /** @param language ISO 639-1 */
    public static DocumentFilter ofLanguage(String language) {
        return new DocumentFilter(Set.of(), Set.of(), language, null, null);
    }

    public DocumentFilter {
        documents = Set.copyOf(documents);
        tags = Set.copyOf(tags);
    }

    /** True if nothing is asked of a document. */
    public boolean isEmpty() {
        return documents.isEmpty() && tags.isEmpty() && language == null && addedSince == null && addedBefore == null;
    }
}
