package io.switchboard.access;

import java.util.UUID;

/** One sign-in to the API, from its login to its logout. */
public record SessionId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
