package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.whatsapp.SharedWebhook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Deliveries of one app for many numbers, which may belong to many tenants. Each change names a number; it is believed only if the bytes
 * are signed with the app secret of that number's own channel. So no tenant can speak for another's number: who holds one app's secret
 * reaches the channels that were given the same secret, and no others.
 */
@Component
class MetaAppDeliveries implements SharedWebhook {

    /** Meta puts 1,000 changes into a delivery at most. */
    private static final int MAX_NUMBERS = 1000;

    /** A delivery has one signature, so one secret; a few more are tried while a new one is being entered. */
    private static final int MAX_SECRETS = 4;

    private final ChannelService channels;
    private final MetaDeliveries deliveries;

    MetaAppDeliveries(ChannelService channels, MetaDeliveries deliveries) {
        this.channels = channels;
        this.deliveries = deliveries;
    }

    @Override
    public Opened open(HttpServletRequest request, byte[] body, Instant arrival) {
        Optional<JsonNode> root = deliveries.parse(body);
        if (root.isEmpty()) {
            return new Opened(List.of(), List.of(), false);
        }
        Set<String> numbers = numbers(root.get());
        if (numbers.isEmpty()) {
            return new Opened(List.of(), List.of(), isAboutAccount(root.get()));
        }
        Signatures signatures = new Signatures(body, request.getHeader(MetaSignature.HEADER));
        List<Addressed> accepted = new ArrayList<>();
        List<RoutedChannel> refused = new ArrayList<>();
        channels.routeByClaims(ChannelProvider.META, numbers).forEach((number, routed) -> {
            if (deliveries.secret(routed).filter(signatures::match).isPresent()) {
                accepted.add(new Addressed(routed, MetaDeliveries.read(root.get(), number, arrival)));
            } else {
                refused.add(routed);
            }
        });
        return new Opened(accepted, refused, false);
    }

    private static Set<String> numbers(JsonNode root) {
        Set<String> numbers = new LinkedHashSet<>();
        for (JsonNode change : changes(root)) {
            String number = MetaDeliveries.phoneNumberId(change);
            if (number != null && numbers.size() < MAX_NUMBERS) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** News of an account or a template name no number, so nobody's secret; nothing is done with them. */
    private static boolean isAboutAccount(JsonNode root) {
        List<JsonNode> changes = changes(root);
        return !changes.isEmpty()
                && changes.stream().map(change -> textAt(change, "field")).noneMatch("messages"::equals);
    }

    private static List<JsonNode> changes(JsonNode root) {
        return elements(root, "entry").stream()
                .flatMap(entry -> elements(entry, "changes").stream())
                .toList();
    }

    /** Which secrets the bytes are signed with; each is tried once, and not more than a few. */
    private static final class Signatures {

        private final byte[] body;
        private final @Nullable String header;
        private final Map<String, Boolean> tried = new HashMap<>();

        Signatures(byte[] body, @Nullable String header) {
            this.body = body;
            this.header = header;
        }

        boolean match(String secret) {
            Boolean known = tried.get(secret);
            if (known != null) {
                return known;
            }
            boolean matches = tried.size() < MAX_SECRETS && MetaSignature.matches(secret, body, header);
            tried.put(secret, matches);
            return matches;
        }
    }
}
