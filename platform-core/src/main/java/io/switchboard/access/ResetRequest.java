package io.switchboard.access;

import java.time.Duration;

/** Outcome of {@link PasswordResetService#request}; none tells whether there is an account. */
public sealed interface ResetRequest {

    record Taken() implements ResetRequest {}

    /** Nobody can ask for a link where there is no mail server. */
    record NoMail() implements ResetRequest {}

    /** Too many requests came from the same address. */
    record TooMany(Duration retryAfter) implements ResetRequest {}
}
