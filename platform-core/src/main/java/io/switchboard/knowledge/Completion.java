package io.switchboard.knowledge;

import java.util.Set;

/** Outcome of {@link DocumentProcessing#complete}. */
public sealed interface Completion {

    record Stored() implements Completion {}

    /** The document was deleted or is at another version; the work is thrown away. */
    record Superseded() implements Completion {}

    /**
     * Vectors that were there have gone with another document; embed these texts and complete again.
     *
     * @param textHashes without a vector
     */
    record Incomplete(Set<String> textHashes) implements Completion {

        public Incomplete {
            textHashes = Set.copyOf(textHashes);
        }
    }
}
