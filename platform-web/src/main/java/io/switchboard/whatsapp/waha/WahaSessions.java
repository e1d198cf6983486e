package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A channel's session in WAHA, asked and told one thing per call. See <a href="https://waha.devlike.pro/docs/how-to/sessions/">sessions</a>. */
@Component
class WahaSessions {

    private static final int MAX_REASON_LENGTH = 200;

    private final WahaApi api;

    WahaSessions(WahaApi api) {
        this.api = api;
    }

    /** What WAHA said. */
    sealed interface Answer {

        record Told(JsonNode session) implements Answer {}

        /** There is a WAHA, and it does not accept the key. */
        record Locked() implements Answer {}

        /** There is a WAHA, and it knows no such session. */
        record Unknown() implements Answer {}

        record Refused(String reason) implements Answer {}

        /** Nothing answers there, or something that is no WAHA. */
        record Silent(String reason) implements Answer {}
    }

    private interface Request {

        ProviderClient.Response send(String path) throws IOException;
    }

    Answer find(Channel channel, String key) {
        return ask(channel, key, path -> api.get(channel, key, path));
    }

    Answer start(Channel channel, String key) {
        return ask(channel, key, path -> api.post(channel, key, path + "/start", Map.of()));
    }

    Answer restart(Channel channel, String key) {
        return ask(channel, key, path -> api.post(channel, key, path + "/restart", Map.of()));
    }

    /** Replaces all of the configuration; a session that runs begins anew with it. */
    Answer configure(Channel channel, String key, JsonNode config) {
        return ask(channel, key, path -> api.put(channel, key, path, Map.of("config", config)));
    }

    private Answer ask(Channel channel, String key, Request request) {
        try {
            ProviderClient.Response response =
                    request.send("/api/sessions/" + WahaApi.encoded(WahaApi.session(channel)));
            JsonNode body = Payload.read(response.body());
            return switch (response.status()) {
                case 200, 201 -> body.isObject() ? new Answer.Told(body) : new Answer.Silent("this is no WAHA");
                case 401, 403 -> new Answer.Locked();
                case 404 -> unknown(body);
                default -> new Answer.Refused(reason(response.status(), body).replace(key, "***"));
            };
        } catch (IOException e) {
            return new Answer.Silent(
                    Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
        }
    }

    /** WAHA says "Session not found"; other programs know no such path. */
    private static Answer unknown(JsonNode body) {
        String message = textAt(body, "message");
        return message != null && message.toLowerCase(Locale.ROOT).contains("session")
                ? new Answer.Unknown()
                : new Answer.Silent("there is no WAHA at this address");
    }

    private static String reason(int status, JsonNode body) {
        String error = textAt(body, "error") == null ? textAt(body, "message") : textAt(body, "error");
        String reason = "HTTP " + status + (error == null ? "" : ": " + error);
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
