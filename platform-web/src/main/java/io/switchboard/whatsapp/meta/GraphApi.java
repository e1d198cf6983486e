package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta's Graph API: numbers, accounts and messages; one try per call. */
@Component
class GraphApi {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** With the sending after it within the time that a sender owns a reply. */
    private static final Duration UPLOAD_LIMIT = Duration.ofSeconds(30);

    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int MAX_REASON_LENGTH = 300;

    private final MetaSettings settings;
    private final JsonMapper json;
    private final ProviderClient http = new ProviderClient(CONNECT_LIMIT);

    GraphApi(MetaSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /** What Meta said. */
    sealed interface Answer {

        record Told(JsonNode body) implements Answer {}

        /** @param code of Meta; "http-…" if it was somebody else who answered */
        record Refused(String code, String reason) implements Answer {}

        record Silent(String reason) implements Answer {}
    }

    /**
     * Sends from a number, as <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages">messages</a> are and
     * the marks that they were read.
     *
     * @throws IOException as {@link ProviderClient#send}
     */
    ProviderClient.Response postMessage(Channel channel, String token, Map<String, Object> body) throws IOException {
        return send(
                "POST",
                channel.settings().getOrDefault("phoneNumberId", "") + "/messages",
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                json.writeValueAsBytes(body));
    }

    /**
     * Uploads a file for messages of a number, see <a
     * href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media">media</a>. One that no message names is
     * gone after 30 days.
     *
     * @throws IOException as {@link ProviderClient#send}
     */
    ProviderClient.Response postMedia(Channel channel, String token, MetaUpload upload) throws IOException {
        return http.send(
                "POST",
                settings.address(channel.settings().getOrDefault("phoneNumberId", "") + "/media"),
                Map.of("Authorization", "Bearer " + token, "Content-Type", upload.contentType()),
                upload.body(),
                UPLOAD_LIMIT,
                LONGEST_ANSWER);
    }

    /** @param path below the version, with its query */
    Answer get(String path, String token) {
        return ask("GET", path, token);
    }

    Answer post(String path, String token) {
        return ask("POST", path, token);
    }

    private Answer ask(String method, String path, String token) {
        try {
            ProviderClient.Response response = send(method, path, Map.of("Authorization", "Bearer " + token), null);
            JsonNode body = Payload.read(response.body());
            return response.status() == 200
                    ? new Answer.Told(body)
                    : refused(response.status(), body.path("error"), token);
        } catch (IOException e) {
            return new Answer.Silent(String.valueOf(e.getMessage()));
        }
    }

    private ProviderClient.Response send(
            String method, String path, Map<String, String> headers, byte @Nullable [] body) throws IOException {
        return http.send(method, settings.address(path), headers, body, ANSWER_LIMIT, LONGEST_ANSWER);
    }

    /** Meta quotes a malformed token in its message; we do not. */
    private static Answer refused(int status, JsonNode error, String token) {
        String code = textAt(error, "code");
        String message = textAt(error, "message");
        String reason = message == null ? "HTTP " + status : message.replace(token, "***");
        return new Answer.Refused(
                code == null ? "http-" + status : code,
                reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…");
    }
}
