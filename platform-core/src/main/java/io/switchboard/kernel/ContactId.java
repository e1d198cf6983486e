package io.switchboard.kernel;

import java.util.UUID;

/** A customer as one channel knows them. */
public record ContactId(UUID value) {

    public static ContactId next() {
        return new ContactId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
