package io.switchboard.retrieval;

/** An embedding model failed: its provider is down, refuses the key, is too slow, or answers with vectors of another size. */
public class EmbedderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbedderException(String message, Throwable cause) {
        super(message, cause);
    }

    public EmbedderException(String message) {
        super(message);
    }
}
