package io.switchboard.retrieval;

/** A reranker is down, too slow, or answers with something else. */
public class RerankerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RerankerException(String message, Throwable cause) {
        super(message, cause);
    }

    public RerankerException(String message) {
        super(message);
    }
}
