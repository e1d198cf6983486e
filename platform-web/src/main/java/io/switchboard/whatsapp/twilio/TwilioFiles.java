package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.MediaDownload;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Files at Twilio: an address of its API, which sends us on to a storage host. That one needs no account and is told none. See <a
 * href="https://www.twilio.com/docs/messaging/api/media-resource">Twilio's page</a>.
 */
@Component
class TwilioFiles implements ChannelMedia {

    private static final String HOSTS = ".twilio.com";

    private final TwilioApi api;
    private final TwilioSettings settings;
    private final MediaDownload download;

    TwilioFiles(TwilioApi api, TwilioSettings settings, MediaDownload download) {
        this.api = api;
        this.settings = settings;
        this.download = download;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.TWILIO;
    }

    @Override
    public MediaFetch fetch(TenantId tenant, Channel channel, MediaReference media) {
        Optional<URI> address = address(channel, media.reference());
        Optional<String> token = api.authToken(tenant, channel);
        if (address.isEmpty() || token.isEmpty()) {
            return new MediaFetch.Missing("no address of the account's files, or no token");
        }
        return download.fromProvider(address.get(), TwilioApi.credentials(channel, token.get()));
    }

    /** As we reach Twilio; the request that named it was signed, and it is one of the account's own files all the same. */
    private Optional<URI> address(Channel channel, String named) {
        try {
            URI url = URI.create(named).normalize();
            String path = String.valueOf(url.getRawPath());
            boolean twilios = url.getHost() != null
                    && (("." + url.getHost().toLowerCase(Locale.ROOT)).endsWith(HOSTS)
                            || MediaDownload.sameOrigin(settings.page(""), url));
            return twilios && path.startsWith("/2010-04-01/Accounts/" + TwilioApi.account(channel) + "/")
                    ? Optional.of(settings.page(path))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
