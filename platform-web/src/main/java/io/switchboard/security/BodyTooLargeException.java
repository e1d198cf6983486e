package io.switchboard.security;

import java.io.IOException;

/** A request goes on and on without having said how long it is. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limitBytes) {
        super("The body has more than " + limitBytes + " bytes.");
    }
}
