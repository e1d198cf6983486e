package io.switchboard.whatsapp.twilio;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelTemplates;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateListing;
import io.switchboard.channels.TemplateListing.Listed;
import io.switchboard.channels.TemplateListing.Unavailable;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads the contents of an account, each with its approval by WhatsApp, page by page. See <a
 * href="https://www.twilio.com/docs/content/content-api-resources#fetch-content-and-approvals">content and approvals</a>.
 */
@Component
class TwilioTemplates implements ChannelTemplates {

    /** An answer is read up to 8 MB; the longest contents have some 20 KB each. */
    private static final int PAGE_SIZE = 100;

    private static final int MOST_PAGES = 200;

    private static final String LATER = "Sync again in some minutes.";

    private final TwilioApi api;

    TwilioTemplates(TwilioApi api) {
        this.api = api;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.TWILIO;
    }

    @Override
    public TemplateListing list(TenantId tenant, Channel channel) {
        Optional<String> token = api.authToken(tenant, channel);
        if (token.isEmpty()) {
            return new Unavailable(
                    "The auth token is missing or cannot be decrypted.", "Enter a new auth token for this channel.");
        }
        try {
            return list(channel, token.get());
        } catch (IOException e) {
            return new Unavailable(
                    "Twilio cannot be reached (" + e.getMessage() + ").",
                    "Check the network of this installation, and sync again.");
        }
    }

    private TemplateListing list(Channel channel, String token) throws IOException {
        List<MessageTemplate> templates = new ArrayList<>();
        String query = "PageSize=" + PAGE_SIZE;
        for (int page = 0; page < MOST_PAGES; page++) {
            ProviderClient.Response answer = api.contents(channel, token, query);
            JsonNode body = Payload.read(answer.body());
            if (answer.status() != 200) {
                return refused(answer.status());
            }
            if (!body.path("contents").isArray()) {
                return new Unavailable("Twilio's list of message templates cannot be read.", LATER);
            }
            elements(body, "contents").forEach(one -> TwilioTemplate.read(one).ifPresent(templates::add));
            String next = textAt(body, "meta", "next_page_url");
            if (next == null) {
                return new Listed(apart(templates));
            }
            Optional<String> more = query(next);
            if (more.isEmpty()) {
                return new Unavailable("Twilio does not say where its list of message templates goes on.", LATER);
            }
            query = more.get();
        }
        return new Unavailable(
                "Twilio has more message templates than are read here, which are " + PAGE_SIZE * MOST_PAGES + ".",
                "Delete those that nobody needs, and sync again.");
    }

    /** What is asked for the next page. The address itself is not called: it may name any host, and the token goes with every call. */
    private static Optional<String> query(String address) {
        try {
            URI next = URI.create(address);
            return TwilioSettings.CONTENTS.equals(next.getPath())
                    ? Optional.ofNullable(next.getRawQuery())
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Unavailable refused(int httpStatus) {
        return switch (httpStatus) {
            case 401, 403 ->
                new Unavailable(
                        "Twilio does not accept the auth token for this account.",
                        "Copy the auth token of this account from the first page of Twilio's console, and enter it here as the new one.");
            case 429 -> new Unavailable("Twilio is asked too often.", LATER);
            default -> new Unavailable("Twilio did not tell about message templates (HTTP " + httpStatus + ").", LATER);
        };
    }

    /** Twilio lets several have one name. The first that is approved keeps it, the others have their SID behind it. */
    private static List<MessageTemplate> apart(List<MessageTemplate> templates) {
        Set<String> names = new HashSet<>();
        return templates.stream()
                .sorted(Comparator.comparing(MessageTemplate::status))
                .map(template -> names.add(template.name() + " " + template.language())
                        ? template
                        : TwilioTemplate.renamed(template))
                .toList();
    }
}
