package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ChannelTemplates;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateListing;
import io.switchboard.channels.TemplateListing.Listed;
import io.switchboard.channels.TemplateListing.Unavailable;
import io.switchboard.kernel.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads the templates of the WhatsApp account that a number belongs to, page by page. See <a
 * href="https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/">message templates</a>.
 */
@Component
class MetaTemplates implements ChannelTemplates {

    private static final String FIELDS = "name,language,status,category,components";
    /** The longest templates have some 20 KB each, and an answer is read up to 1 MB. */
    private static final int PAGE_SIZE = 50;

    /** Meta's most of an account is 6,000. */
    private static final int MOST_PAGES = 200;

    private static final String RIGHT = "Give the token the permission " + MetaAccount.MANAGING + ", and sync again.";
    private static final String NETWORK = "Check the network of this installation, and sync again.";

    private final ChannelService channels;
    private final GraphApi graph;

    MetaTemplates(ChannelService channels, GraphApi graph) {
        this.channels = channels;
        this.graph = graph;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public TemplateListing list(TenantId tenant, Channel channel) {
        Optional<String> token = channels.credential(tenant, channel.id(), "accessToken");
        return token.map(secret -> list(channel, secret))
                .orElseGet(() -> new Unavailable(
                        "The access token is missing or cannot be decrypted.",
                        "Enter a new access token for this channel."));
    }

    private TemplateListing list(Channel channel, String token) {
        String number = channel.settings().getOrDefault("phoneNumberId", "");
        return switch (graph.get(number + "?fields=health_status", token)) {
            case GraphApi.Answer.Silent silent -> unreachable(silent);
            case GraphApi.Answer.Refused(var _, var reason) ->
                new Unavailable(
                        "The access token does not reach the number: " + reason + ".",
                        "Press Examine now on the channel's page, which says what is wrong.");
            case GraphApi.Answer.Told(var body) ->
                MetaAccount.ofNumber(body)
                        .or(() -> accountOf(token))
                        .map(account -> ofAccount(account, token))
                        .orElseGet(() -> new Unavailable(
                                "Meta does not say which WhatsApp account the number belongs to.", RIGHT));
        };
    }

    private Optional<String> accountOf(String token) {
        return graph.get(MetaAccount.aboutToken(token), token) instanceof GraphApi.Answer.Told(var body)
                ? MetaAccount.ofToken(body.path("data"))
                : Optional.empty();
    }

    private TemplateListing ofAccount(String account, String token) {
        List<MessageTemplate> templates = new ArrayList<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            switch (graph.get(path(account, after), token)) {
                case GraphApi.Answer.Silent silent -> {
                    return unreachable(silent);
                }
                case GraphApi.Answer.Refused(var _, var reason) -> {
                    return new Unavailable("Meta did not tell about message templates: " + reason + ".", RIGHT);
                }
                case GraphApi.Answer.Told(var body) -> {
                    elements(body, "data").forEach(one -> MetaTemplate.read(one).ifPresent(templates::add));
                    after = next(body);
                }
            }
            if (after.isEmpty()) {
                return new Listed(templates);
            }
        }
        return new Unavailable(
                "Meta has more message templates than an account may have.", "Sync again in some minutes.");
    }

    private static String path(String account, String after) {
        String path = account + "/message_templates?fields=" + FIELDS + "&limit=" + PAGE_SIZE;
        return after.isEmpty() ? path : path + "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    }

    /** Empty after the last page; the address that Meta names for the next one is not called, as it holds the token. */
    private static String next(JsonNode body) {
        String cursor = textAt(body, "paging", "cursors", "after");
        return cursor == null || textAt(body, "paging", "next") == null ? "" : cursor;
    }

    private static Unavailable unreachable(GraphApi.Answer.Silent silent) {
        return new Unavailable("Meta cannot be reached (" + silent.reason() + ").", NETWORK);
    }
}
