package io.switchboard.knowledge;

/** Outcome of {@link DocumentProcessing#storePage}. */
public enum PageStorage {
    STORED,
    /** The document was deleted, or is being fetched anew. */
    SUPERSEDED,
    /** The tenant's plan has no room for it. */
    FULL
}
