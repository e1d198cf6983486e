package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change on a channel; null keeps what is there. The number itself stays: another number is another channel.
 *
 * @param settings new values by name of what may change, such as {@code allowedOrigins}; those not named stay
 * @param credentials new secrets by name; those not named stay
 */
public record ChannelChange(
        @Nullable String name, @Nullable BotId bot, Map<String, String> settings, Map<String, String> credentials) {

    public ChannelChange {
        settings = NewChannel.stripped(settings);
        credentials = NewChannel.stripped(credentials);
    }

    public ChannelChange(@Nullable String name, @Nullable BotId bot, Map<String, String> credentials) {
        this(name, bot, Map.of(), credentials);
    }

    @Override
    public String toString() {
        return "ChannelChange[" + name + ", bot " + bot + ", settings " + settings.keySet() + ", credentials "
                + credentials.keySet() + "]";
    }
}
