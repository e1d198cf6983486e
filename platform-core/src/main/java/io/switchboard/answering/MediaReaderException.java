package io.switchboard.answering;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A recording was not heard, a picture not seen, or a document not read. */
public class MediaReaderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final @Nullable Duration retryAfter;

    /**
     * @param passing whether another try may succeed
     * @param retryAfter null if nothing is known about the next try
     */
    public MediaReaderException(
            String message, boolean passing, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    public boolean passing() {
        return passing;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
