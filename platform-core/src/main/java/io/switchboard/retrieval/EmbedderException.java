package io.switchboard.retrieval;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An embedding model failed: its provider is down, refuses the key, is too slow, or answers with vectors of another size. */
public class EmbedderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** @param retryAfter how long the provider wants to be left alone; null if it does not say */
    public EmbedderException(String message, Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public EmbedderException(String message, Throwable cause) {
        this(message, cause, null);
    }

    public EmbedderException(String message) {
        super(message);
        this.retryAfter = null;
    }

    /** When another attempt makes sense, as far as the provider says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
