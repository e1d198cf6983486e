package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.MediaDownload;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Files at Meta: the id gives an address that is good for five minutes, and the address gives the file, both with the token. See <a
 * href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media">Meta's page</a>.
 */
@Component
class MetaMedia implements ChannelMedia {

    /** Where Meta keeps files; the token goes to no other host, whatever an answer names. */
    private static final String HOSTS = ".fbsbx.com";

    private final GraphApi graph;
    private final MetaSettings settings;
    private final ChannelService channels;
    private final MediaDownload download;

    MetaMedia(GraphApi graph, MetaSettings settings, ChannelService channels, MediaDownload download) {
        this.graph = graph;
        this.settings = settings;
        this.channels = channels;
        this.download = download;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    /** An address that has expired is asked for once more. */
    @Override
    public MediaFetch fetch(TenantId tenant, Channel channel, MediaReference media) {
        Optional<String> token = token(tenant, channel);
        if (token.isEmpty() || !media.reference().matches("[A-Za-z0-9_.-]{1,200}")) {
            return new MediaFetch.Missing("no access token, or no id of Meta's");
        }
        MediaFetch fetched = fetch(channel, token.get(), media.reference());
        return fetched instanceof MediaFetch.Expired ? fetch(channel, token.get(), media.reference()) : fetched;
    }

    private MediaFetch fetch(Channel channel, String token, String id) {
        String number = channel.settings().getOrDefault("phoneNumberId", "");
        String path = id + "?phone_number_id=" + URLEncoder.encode(number, StandardCharsets.UTF_8);
        return switch (graph.get(path, token)) {
            case GraphApi.Answer.Told(JsonNode body) -> download(body, token);
            case GraphApi.Answer.Silent(String reason) -> new MediaFetch.Unavailable(reason);
            case GraphApi.Answer.Refused(String code, String reason) ->
                isPassing(code) ? new MediaFetch.Unavailable(reason) : new MediaFetch.Missing(reason);
        };
    }

    private MediaFetch download(JsonNode file, String token) {
        Optional<URI> address = address(textAt(file, "url"));
        if (address.isEmpty()) {
            return new MediaFetch.Missing("Meta names no address of its own");
        }
        if (file.path("file_size").asLong(0) > LONGEST_FILE) {
            return new MediaFetch.Missing("the file is longer than " + LONGEST_FILE + " bytes");
        }
        return download.fromProvider(address.get(), Map.of("Authorization", "Bearer " + token));
    }

    private Optional<URI> address(@Nullable String url) {
        try {
            return Optional.ofNullable(url).map(URI::create).filter(this::isMetas);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean isMetas(URI address) {
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            return false;
        }
        boolean known = "https".equals(address.getScheme())
                && address.getPort() < 0
                && ("." + address.getHost().toLowerCase(Locale.ROOT)).endsWith(HOSTS);
        return known || MediaDownload.sameOrigin(settings.address(""), address);
    }

    private static boolean isPassing(String code) {
        return code.matches("http-(5[0-9]{2}|408|425|429)")
                || (code.matches("[0-9]{1,9}") && MetaError.isPassing(Integer.parseInt(code)));
    }

    private Optional<String> token(TenantId tenant, Channel channel) {
        return channels.credential(tenant, channel.id(), "accessToken");
    }
}
