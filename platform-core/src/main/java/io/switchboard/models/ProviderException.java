package io.switchboard.models;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to a provider brought nothing. */
final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    /** What the failure says about the next call. */
    enum Kind {
        /** It may pass: too many calls, a server in trouble, no connection, no answer in time. */
        PASSING,
        /** It stays until a person acts: a refused key, an unknown model, an endpoint that sends nonsense. */
        LASTING,
        /** It is this request that the provider does not take; others may pass. */
        REQUEST,
        /** The provider was not asked: it is left alone for now, or too many calls run. */
        NOT_ASKED
    }

    ProviderException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    Kind kind() {
        return kind;
    }

    /** When a call makes sense again, as far as that is known. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
