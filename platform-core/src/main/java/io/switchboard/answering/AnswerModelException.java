package io.switchboard.answering;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model's provider failed: down, overloaded, refused the key, or too slow. */
public class AnswerModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** @param retryAfter null if nothing is known about the next call */
    public AnswerModelException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** When a call makes sense again, if it makes none before: the provider is left alone, or said so itself. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
