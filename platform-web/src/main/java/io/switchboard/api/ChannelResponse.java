package io.switchboard.api;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel as clients read it; secrets are never among it.
 *
 * @param webhookUrl what to register with the provider; null if nothing comes from outside
 * @param verifyToken likewise; null for callers who may not set up channels
 * @param phoneNumberId null for providers that have none
 * @param settings what the provider's adapter needs and is no secret, {@code phoneNumberId} among it
 * @param credentials the last characters of each stored secret, by name
 * @param statusReason why it is stopped; null while it is not
 */
record ChannelResponse(
        UUID id,
        String provider,
        String name,
        UUID botId,
        @Nullable String webhookUrl,
        @Nullable String verifyToken,
        @Nullable String phoneNumberId,
        Map<String, String> settings,
        Map<String, String> credentials,
        ChannelStatus status,
        @Nullable String statusReason,
        Instant createdAt) {

    static ChannelResponse of(Channel channel, String baseUrl, boolean setUp) {
        String path = channel.webhookPath().orElse(null);
        return new ChannelResponse(
                channel.id().value(),
                channel.provider().slug(),
                channel.name(),
                channel.bot().value(),
                path == null ? null : baseUrl + path,
                path == null || !setUp ? null : channel.verifyToken(),
                channel.settings().get("phoneNumberId"),
                channel.settings(),
                channel.credentialHints(),
                channel.status(),
                channel.statusReason(),
                channel.createdAt());
    }
}
