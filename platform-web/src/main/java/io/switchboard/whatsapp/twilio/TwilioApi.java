package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Twilio's REST API for messages, one request per call; lists are read page by page. */
@Component
class TwilioApi {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 8 << 20;
    private static final int PAGE_SIZE = 200;
    private static final int MOST_PAGES = 50;

    private final ChannelService channels;
    private final TwilioSettings settings;
    private final ProviderClient http = new ProviderClient(CONNECT_LIMIT);

    TwilioApi(ChannelService channels, TwilioSettings settings) {
        this.channels = channels;
        this.settings = settings;
    }

    /** Empty if it is missing or cannot be decrypted. */
    Optional<String> authToken(TenantId tenant, Channel channel) {
        return channels.credential(tenant, channel.id(), "authToken");
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response post(Channel channel, String token, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        Map<String, String> headers = new LinkedHashMap<>(headers(channel, token));
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return http.send(
                "POST",
                settings.messages(account(channel)),
                headers,
                body.getBytes(StandardCharsets.US_ASCII),
                ANSWER_LIMIT,
                LONGEST_ANSWER);
    }

    /**
     * Messages since an instant, newest first as Twilio lists them.
     *
     * @param filter {@code To} and {@code From}
     * @throws IOException also if Twilio refuses to list
     */
    List<JsonNode> list(Channel channel, String token, Map<String, String> filter, Instant since) throws IOException {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("DateSent>", since.atOffset(ZoneOffset.UTC).toLocalDate().toString());
        query.put("PageSize", Integer.toString(PAGE_SIZE));
        URI next = URI.create(settings.messages(account(channel)) + "?"
                + query.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&")));
        List<JsonNode> found = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            ProviderClient.Response answer = get(next, channel, token);
            if (answer.status() != 200) {
                throw new IOException("Twilio answered HTTP " + answer.status() + " to a list of messages");
            }
            JsonNode list = Payload.read(answer.body());
            list.path("messages").forEach(found::add);
            String path = list.path("next_page_uri").asString("");
            if (!path.startsWith("/2010-04-01/")) {
                return found;
            }
            next = settings.page(path);
        }
        return found;
    }

    /**
     * What Twilio says of the account and of its senders.
     *
     * @throws IOException as {@link ProviderClient#send}
     */
    ProviderClient.Response account(Channel channel, String token) throws IOException {
        return get(settings.account(account(channel)), channel, token);
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response senders(Channel channel, String token) throws IOException {
        return get(settings.senders(), channel, token);
    }

    /**
     * A page of the account's contents with their approvals.
     *
     * @param query as Twilio wrote it for this page
     * @throws IOException as {@link ProviderClient#send}
     */
    ProviderClient.Response contents(Channel channel, String token, String query) throws IOException {
        return get(settings.contents(query), channel, token);
    }

    private ProviderClient.Response get(URI address, Channel channel, String token) throws IOException {
        return http.send("GET", address, headers(channel, token), null, ANSWER_LIMIT, LONGEST_ANSWER);
    }

    /** When Twilio got or made a message; empty if it does not say. */
    static Optional<Instant> madeAt(JsonNode message) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(message.path("date_created").asString(""), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> headers(Channel channel, String token) {
        Map<String, String> headers = new LinkedHashMap<>(credentials(channel, token));
        headers.put("Accept", "application/json");
        return headers;
    }

    static Map<String, String> credentials(Channel channel, String token) {
        String basic =
                Base64.getEncoder().encodeToString((account(channel) + ":" + token).getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + basic);
    }

    static String account(Channel channel) {
        return channel.settings().getOrDefault("accountSid", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
