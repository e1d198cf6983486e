package io.switchboard.kernel;

import java.util.UUID;

/** A number or widget through which customers reach a bot. */
public record ChannelId(UUID value) {

    public static ChannelId next() {
        return new ChannelId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
