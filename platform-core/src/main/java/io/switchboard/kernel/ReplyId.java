package io.switchboard.kernel;

import java.util.UUID;

/** A stored message to a customer (a row of the outbox). */
public record ReplyId(UUID value) {

    public static ReplyId next() {
        return new ReplyId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
