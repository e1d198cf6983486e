package io.switchboard.security;

import java.time.Duration;

/** A signed token as the API hands it out. */
public record AccessToken(String value, Duration lifetime) {

    @Override
    public String toString() {
        return "AccessToken[lifetime=" + lifetime + "]";
    }
}
