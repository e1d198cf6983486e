package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import java.util.Map;

/**
 * What makes a channel.
 *
 * @param credentials secrets by name, for example {@code accessToken}; stored encrypted, never handed out again
 */
public record NewChannel(
        ChannelProvider provider,
        String name,
        BotId bot,
        Map<String, String> settings,
        Map<String, String> credentials) {

    public NewChannel {
        settings = Map.copyOf(settings);
        credentials = Map.copyOf(credentials);
    }

    @Override
    public String toString() {
        return "NewChannel[" + provider + ", " + name + ", credentials " + credentials.keySet() + "]";
    }
}
