package io.switchboard.answering;

/** A model's provider failed: down, overloaded, refused the key, or too slow. */
public class AnswerModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AnswerModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
