package io.switchboard.whatsapp.waha;

import io.switchboard.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Posts events to a channel's webhook as WAHA does, signed with the session's key. */
record WahaWebhook(ApiClient client, String path, String hmacKey, String session) {

    private static final JsonMapper JSON = JsonMapper.shared();

    ApiClient.Reply text(String messageId, String chat, String text) {
        return deliver(event("message", message(messageId, chat, Map.of("body", text))));
    }

    /** @param ack -1 to 4 */
    ApiClient.Reply ack(String messageId, String chat, int ack) {
        return deliver(event(
                "message.ack",
                Map.of("id", "true_" + chat + "_" + messageId, "from", chat, "fromMe", true, "ack", ack)));
    }

    static Map<String, Object> message(String messageId, String chat, Map<String, ?> more) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("id", "false_" + chat + "_" + messageId);
        payload.put("timestamp", Instant.now().getEpochSecond());
        payload.put("from", chat);
        payload.put("fromMe", false);
        payload.put("source", "app");
        payload.put("to", null);
        payload.put("body", null);
        payload.put("hasMedia", false);
        payload.put("media", null);
        payload.put("replyTo", null);
        payload.put("_data", Map.of("notifyName", "Customer " + chat));
        payload.putAll(more);
        return payload;
    }

    String event(String name, Object payload) {
        return JSON.writeValueAsString(Map.of(
                "id",
                "evt_" + UUID.randomUUID(),
                "timestamp",
                Instant.now().toEpochMilli(),
                "event",
                name,
                "session",
                session,
                "me",
                Map.of("id", "4930123456@c.us", "lid", "777@lid", "jid", "4930123456:12@s.whatsapp.net"),
                "payload",
                payload,
                "engine",
                "NOWEB"));
    }

    ApiClient.Reply deliver(String body) {
        return deliver(body.getBytes(StandardCharsets.UTF_8));
    }

    ApiClient.Reply deliver(byte[] body) {
        return deliver(body, sign(hmacKey, body));
    }

    /** @param signature null to leave the header out */
    ApiClient.Reply deliver(byte[] body, String signature) {
        ApiClient signed = signature == null
                ? client
                : client.withHeader("X-Webhook-Hmac", signature).withHeader("X-Webhook-Hmac-Algorithm", "sha512");
        return signed.send("POST", path, "application/json", body);
    }

    static String sign(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
