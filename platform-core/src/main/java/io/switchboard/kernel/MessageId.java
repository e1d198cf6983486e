package io.switchboard.kernel;

import java.util.UUID;

/** A stored message from a customer (a row of the inbox). */
public record MessageId(UUID value) {

    public static MessageId next() {
        return new MessageId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
