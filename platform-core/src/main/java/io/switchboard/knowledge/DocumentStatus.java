package io.switchboard.knowledge;

/** How far a document is on its way into retrieval. */
public enum DocumentStatus {
    /** Stored, waiting for the pipeline. */
    PENDING,
    /** In the pipeline. */
    PROCESSING,
    /** Its chunks can be found. */
    READY,
    /** Not usable; {@link Document#reason} says why. */
    FAILED
}
