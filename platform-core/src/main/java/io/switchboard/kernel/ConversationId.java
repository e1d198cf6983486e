package io.switchboard.kernel;

import java.util.UUID;

/** The exchange with one contact on one channel. */
public record ConversationId(UUID value) {

    public static ConversationId next() {
        return new ConversationId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
