package io.switchboard.answering;

import org.jspecify.annotations.Nullable;

/** A model's provider failed: down, overloaded, refused the key, or too slow. */
public class AnswerModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AnswerModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
