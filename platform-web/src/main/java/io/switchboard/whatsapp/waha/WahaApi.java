package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of a tenant's WAHA, one request per call. Its address was typed by the tenant, so it is reached only where tenants may send us,
 * and no answer sends us elsewhere.
 */
@Component
class WahaApi {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    /** Some engines take long for a chat with many messages. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** WAHA hands a file on to WhatsApp before it answers. With what is asked before, within the time that a sender owns a reply. */
    private static final Duration FILE_LIMIT = Duration.ofSeconds(40);

    private static final int LONGEST_ANSWER = 8 << 20;
    private static final int PAGE_SIZE = 100;
    private static final int MOST_PAGES = 50;

    private final ChannelService channels;
    private final JsonMapper json;
    private final ProviderClient http;

    WahaApi(ChannelService channels, InstallationSettings installation, JsonMapper json) {
        this.channels = channels;
        this.json = json;
        this.http = ProviderClient.ofTenants(CONNECT_LIMIT, installation);
    }

    /** Empty if it is missing or cannot be decrypted. */
    Optional<String> apiKey(TenantId tenant, Channel channel) {
        return channels.credential(tenant, channel.id(), "apiKey");
    }

    /** As {@link #apiKey}. */
    Optional<String> hmacKey(TenantId tenant, Channel channel) {
        return channels.credential(tenant, channel.id(), "hmacKey");
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response post(Channel channel, String key, String path, Map<String, Object> body)
            throws IOException {
        return send("POST", channel, key, path, body, ANSWER_LIMIT);
    }

    /** As {@link #post}, with the time that a file takes. */
    ProviderClient.Response postFile(Channel channel, String key, String path, Map<String, Object> body)
            throws IOException {
        return send("POST", channel, key, path, body, FILE_LIMIT);
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response put(Channel channel, String key, String path, Map<String, Object> body) throws IOException {
        return send("PUT", channel, key, path, body, ANSWER_LIMIT);
    }

    private ProviderClient.Response send(
            String method, Channel channel, String key, String path, Map<String, Object> body, Duration limit)
            throws IOException {
        return http.send(
                method,
                address(channel, path),
                Map.of("X-Api-Key", key, "Content-Type", "application/json", "Accept", "application/json"),
                json.writeValueAsBytes(body),
                limit,
                LONGEST_ANSWER);
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response get(Channel channel, String key, String path) throws IOException {
        return get(channel, key, path, "application/json");
    }

    /** @throws IOException as {@link ProviderClient#send} */
    ProviderClient.Response picture(Channel channel, String key, String path) throws IOException {
        return get(channel, key, path, "image/png");
    }

    private ProviderClient.Response get(Channel channel, String key, String path, String type) throws IOException {
        return http.send(
                "GET",
                address(channel, path),
                Map.of("X-Api-Key", key, "Accept", type),
                null,
                ANSWER_LIMIT,
                LONGEST_ANSWER);
    }

    /**
     * Messages of all chats since an instant. Engines that do not list all at once are asked chat by chat.
     *
     * @throws IOException also if WAHA refuses to list
     */
    List<JsonNode> received(Channel channel, String key, Instant since) throws IOException {
        try {
            return messages(channel, key, "all", since, false);
        } catch (RefusedException _) {
            List<JsonNode> found = new ArrayList<>();
            for (JsonNode chat : pages(channel, key, sessionPath(channel) + "/chats/overview?sortBy=id")) {
                String id = id(chat.path("id"));
                JsonNode last = chat.path("lastMessage");
                boolean quiet = last.path("timestamp").isNumber()
                        && last.path("timestamp").asLong() < since.getEpochSecond();
                if (id != null && !quiet && WahaChat.of(id).isPresent()) {
                    found.addAll(messages(channel, key, id, since, false));
                }
            }
            return found;
        }
    }

    /** Messages of a chat since an instant, ours or theirs. */
    List<JsonNode> messages(Channel channel, String key, String chat, Instant since, boolean ours) throws IOException {
        return pages(
                channel,
                key,
                sessionPath(channel) + "/chats/" + encoded(chat)
                        + "/messages?downloadMedia=false&sortBy=timestamp&sortOrder=asc&filter.timestamp.gte="
                        + since.getEpochSecond() + "&filter.fromMe=" + ours);
    }

    private List<JsonNode> pages(Channel channel, String key, String path) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            ProviderClient.Response answer =
                    get(channel, key, path + "&limit=" + PAGE_SIZE + "&offset=" + page * PAGE_SIZE);
            if (answer.status() != 200) {
                throw new RefusedException("WAHA answered HTTP " + answer.status() + " to a list");
            }
            JsonNode list = Payload.read(answer.body());
            list.forEach(found::add);
            if (!list.isArray() || list.size() < PAGE_SIZE) {
                return found;
            }
        }
        return found;
    }

    /** WAHA answered, and not with a list. */
    private static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** An id, which is a text in some engines and taken apart in others; null if there is none. */
    static @Nullable String id(JsonNode id) {
        String text = textAt(id);
        return text == null ? textAt(id, "_serialized") : text;
    }

    static String sessionPath(Channel channel) {
        return "/api/" + encoded(session(channel));
    }

    static String session(Channel channel) {
        return channel.settings().getOrDefault("session", "");
    }

    private static URI address(Channel channel, String path) {
        return URI.create(WahaAddress.base(channel.settings().getOrDefault("baseUrl", "")) + path);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
