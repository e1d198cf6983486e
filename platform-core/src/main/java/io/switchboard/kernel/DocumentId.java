package io.switchboard.kernel;

import java.util.UUID;

/** A document of one tenant. */
public record DocumentId(UUID value) {

    public static DocumentId next() {
        return new DocumentId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
