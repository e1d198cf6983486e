package io.switchboard.kernel;

import java.util.UUID;

/** A person who signs in. */
public record UserId(UUID value) {

    public static UserId next() {
        return new UserId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
