package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What makes a channel. Blanks around values are dropped, since they come with copying from a provider's page.
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
        name = name.strip();
        settings = stripped(settings);
        credentials = stripped(credentials);
    }

    static Map<String, String> stripped(Map<String, String> values) {
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().strip()));
    }

    @Override
    public String toString() {
        return "NewChannel[" + provider + ", " + name + ", credentials " + credentials.keySet() + "]";
    }
}
