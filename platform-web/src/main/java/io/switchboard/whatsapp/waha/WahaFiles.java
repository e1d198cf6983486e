package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.MediaDownload;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Files at a tenant's WAHA, which keeps them for some minutes only; it fetches one again when it is asked for the message. See <a
 * href="https://waha.devlike.pro/docs/how-to/receive-messages/#files">WAHA's page</a>.
 */
@Component
class WahaFiles implements ChannelMedia {

    private final WahaApi api;
    private final MediaDownload download;

    WahaFiles(WahaApi api, MediaDownload download) {
        this.api = api;
        this.download = download;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WAHA;
    }

    @Override
    public MediaFetch fetch(TenantId tenant, Channel channel, MediaReference media) {
        Optional<String> key = api.apiKey(tenant, channel);
        if (key.isEmpty()) {
            return new MediaFetch.Missing("no API key");
        }
        MediaFetch fetched = fetch(channel, key.get(), media.reference());
        return fetched instanceof MediaFetch.Expired ? again(channel, key.get(), media, fetched) : fetched;
    }

    private MediaFetch fetch(Channel channel, String key, String reference) {
        String address = WahaAddress.inside(channel.settings().getOrDefault("baseUrl", ""), reference);
        return address == null
                ? new MediaFetch.Missing("no address inside of the WAHA")
                : download.fromTenant(URI.create(address), Map.of("X-Api-Key", key));
    }

    private MediaFetch again(Channel channel, String key, MediaReference media, MediaFetch otherwise) {
        String id = "false_" + media.replyAddress() + "_" + media.messageId();
        String path = WahaApi.sessionPath(channel) + "/chats/" + WahaApi.encoded(media.replyAddress()) + "/messages/"
                + WahaApi.encoded(id) + "?downloadMedia=true";
        try {
            ProviderClient.Response answer = api.get(channel, key, path);
            String reference = textAt(Payload.read(answer.body()), "media", "url");
            return answer.status() != 200 || reference == null ? otherwise : fetch(channel, key, reference);
        } catch (IOException e) {
            return new MediaFetch.Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
