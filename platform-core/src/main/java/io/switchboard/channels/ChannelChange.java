package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change on a channel; null keeps what is there. The number itself stays: another number is another channel.
 *
 * @param credentials new secrets by name; those not named stay
 */
public record ChannelChange(@Nullable String name, @Nullable BotId bot, Map<String, String> credentials) {

    public ChannelChange {
        credentials = NewChannel.stripped(credentials);
    }

    @Override
    public String toString() {
        return "ChannelChange[" + name + ", bot " + bot + ", credentials " + credentials.keySet() + "]";
    }
}
