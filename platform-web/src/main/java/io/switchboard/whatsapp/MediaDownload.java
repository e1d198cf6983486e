package io.switchboard.whatsapp;

import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.MediaFetch;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Downloads files of customers, within a limit of size and one of time. A credential goes to the host that it is meant for and nowhere
 * else: where that host sends us on, we go without, over TLS if we came over TLS, and only where anybody on the Internet could go.
 */
@Component
public class MediaDownload {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_REDIRECTS = 3;

    private final ProviderClient provider = new ProviderClient(CONNECT_LIMIT);
    private final ProviderClient strangers;
    private final Duration limit;
    private final int longest;

    @Autowired
    MediaDownload(InstallationSettings installation) {
        this(installation, LIMIT, ChannelMedia.LONGEST_FILE);
    }

    /**
     * @param limit for all of it, redirects included
     * @param longest bytes
     */
    MediaDownload(InstallationSettings installation, Duration limit, int longest) {
        this.strangers = ProviderClient.ofTenants(CONNECT_LIMIT, installation);
        this.limit = limit;
        this.longest = longest;
    }

    /**
     * From a provider whose address the operator or its documentation names.
     *
     * @param address which the caller has found to be the provider's own
     * @param credentials headers for the address and nobody else
     */
    public MediaFetch fromProvider(URI address, Map<String, String> credentials) {
        long end = System.nanoTime() + limit.toNanos();
        URI next = address;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            boolean own = sameOrigin(address, next);
            if (!own && !mayFollow(address, next)) {
                return new MediaFetch.Missing("we were sent on to where we do not go: " + origin(next));
            }
            Step step = request(own ? provider : strangers, next, own ? credentials : Map.of(), end);
            switch (step) {
                case Step.Ended(MediaFetch outcome) -> {
                    return outcome;
                }
                case Step.Onward(URI location) -> next = location;
            }
        }
        return new MediaFetch.Missing("we were sent on and on");
    }

    /** From a tenant's own host, which sends us nowhere else. */
    public MediaFetch fromTenant(URI address, Map<String, String> credentials) {
        return switch (request(strangers, address, credentials, System.nanoTime() + limit.toNanos())) {
            case Step.Ended(MediaFetch outcome) -> outcome;
            case Step.Onward(URI location) -> new MediaFetch.Missing("we were sent on to " + origin(location));
        };
    }

    private sealed interface Step {

        record Ended(MediaFetch outcome) implements Step {}

        record Onward(URI location) implements Step {}
    }

    private Step request(ProviderClient client, URI address, Map<String, String> headers, long end) {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        try {
            ProviderClient.Response response = client.send("GET", address, headers, null, left, longest);
            Optional<URI> location = location(address, response);
            return location.<Step>map(Step.Onward::new).orElseGet(() -> new Step.Ended(outcome(response)));
        } catch (ProviderClient.NotAllowedException | ProviderClient.TooLongException e) {
            return new Step.Ended(new MediaFetch.Missing(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return new Step.Ended(new MediaFetch.Unavailable(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<URI> location(URI from, ProviderClient.Response response) {
        if (response.status() / 100 != 3) {
            return Optional.empty();
        }
        try {
            return response.header("Location").map(from::resolve).filter(to -> to.getHost() != null);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static MediaFetch outcome(ProviderClient.Response response) {
        int status = response.status();
        if (status == 200) {
            return new MediaFetch.Fetched(response.body());
        }
        String reason = "HTTP " + status;
        return switch (status) {
            case 401, 403, 404, 410 -> new MediaFetch.Expired(reason);
            case 408, 425, 429 -> new MediaFetch.Unavailable(reason);
            default -> status >= 500 ? new MediaFetch.Unavailable(reason) : new MediaFetch.Missing(reason);
        };
    }

    private static boolean mayFollow(URI from, URI to) {
        return "https".equals(to.getScheme()) || ("http".equals(from.getScheme()) && "http".equals(to.getScheme()));
    }

    /** The same scheme, host and port. */
    public static boolean sameOrigin(URI one, URI other) {
        return origin(one).equals(origin(other));
    }

    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return (scheme + "://" + address.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }
}
