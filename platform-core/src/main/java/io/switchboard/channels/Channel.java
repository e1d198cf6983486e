package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number or widget of a tenant.
 *
 * @param key names the channel in webhook addresses; 128 random bits
 * @param verifyToken what the provider must echo in its handshake
 * @param settings what the provider's adapter needs and is no secret, for example {@code phoneNumberId}
 * @param credentialHints the last four characters of each stored credential, by name
 */
public record Channel(
        ChannelId id,
        ChannelProvider provider,
        String name,
        BotId bot,
        String key,
        String verifyToken,
        Map<String, String> settings,
        Map<String, String> credentialHints,
        ChannelStatus status,
        @Nullable String statusReason,
        Instant createdAt) {

    public Channel {
        settings = Map.copyOf(settings);
        credentialHints = Map.copyOf(credentialHints);
    }

    /** Where the provider delivers, or of a web chat where its script is, below the installation's address; empty if nothing comes from outside. */
    public Optional<String> webhookPath() {
        return switch (provider) {
            case META, TWILIO, WAHA -> Optional.of("/webhooks/" + provider.slug() + "/" + key);
            case WEBCHAT -> Optional.of("/webchat/" + key + ".js");
            case SIMULATOR -> Optional.empty();
        };
    }
}
