package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelPairing;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.Pairing;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches the picture that WhatsApp's "Linked devices" scans. WAHA makes the first for a minute and five more for 20 seconds each; then
 * the session has failed. See <a href="https://waha.devlike.pro/docs/how-to/sessions/#get-qr">QR</a>.
 */
@Component
class WahaPairing implements ChannelPairing {

    private static final Logger LOG = LoggerFactory.getLogger(WahaPairing.class);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int LARGEST = 1 << 20;

    private final WahaApi api;
    private final WahaSessions sessions;

    WahaPairing(WahaApi api, WahaSessions sessions) {
        this.api = api;
        this.sessions = sessions;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WAHA;
    }

    @Override
    public Pairing look(TenantId tenant, Channel channel) {
        Optional<String> key = api.apiKey(tenant, channel);
        if (key.isEmpty() || !(sessions.find(channel, key.get()) instanceof WahaSessions.Answer.Told(var session))) {
            return new Pairing.Resting();
        }
        return switch (String.valueOf(textAt(session, "status"))) {
            case "WORKING" -> new Pairing.Paired();
            case "SCAN_QR_CODE" -> picture(channel, key.get());
            default -> new Pairing.Resting();
        };
    }

    private Pairing picture(Channel channel, String key) {
        try {
            ProviderClient.Response response =
                    api.picture(channel, key, WahaApi.sessionPath(channel) + "/auth/qr?format=image");
            byte[] body = response.body();
            boolean png = body.length <= LARGEST
                    && body.length > PNG.length
                    && Arrays.equals(PNG, Arrays.copyOf(body, PNG.length));
            return response.status() == 200 && png ? new Pairing.Waiting(body) : new Pairing.Resting();
        } catch (IOException e) {
            LOG.debug("No picture to scan for channel {}: {}", channel.id(), e.getMessage());
            return new Pairing.Resting();
        }
    }
}
