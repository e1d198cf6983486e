package io.switchboard.retrieval;

/** The index does not answer. Whoever asked for an answer tries again: one without passages would be wrong. */
public class ChunkIndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChunkIndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
