package io.switchboard.kernel;

import java.util.UUID;

/** A bot of one tenant. */
public record BotId(UUID value) {

    public static BotId next() {
        return new BotId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
