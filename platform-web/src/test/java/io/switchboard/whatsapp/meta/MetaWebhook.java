package io.switchboard.whatsapp.meta;

import io.switchboard.ApiClient;
import io.switchboard.world.FakeMeta;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Delivers to a channel's webhook as Meta does, signed with the app's secret. */
public record MetaWebhook(ApiClient client, String path, String appSecret, String phoneNumberId) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A customer's text, in the envelope that Meta puts around it. */
    public ApiClient.Reply text(String messageId, String from, String text) {
        return deliver(envelope(Map.of(
                "contacts",
                List.of(Map.of("profile", Map.of("name", "Customer " + from), "wa_id", from)),
                "messages",
                List.of(Map.of(
                        "from",
                        from,
                        "id",
                        messageId,
                        "timestamp",
                        Long.toString(Instant.now().getEpochSecond()),
                        "type",
                        "text",
                        "text",
                        Map.of("body", text))))));
    }

    /** @param status sent, delivered, read or failed */
    public ApiClient.Reply status(FakeMeta.Send send, String status) {
        return deliver(envelope(Map.of(
                "statuses",
                List.of(Map.of(
                        "id", send.messageId(),
                        "status", status,
                        "timestamp", Long.toString(Instant.now().getEpochSecond()),
                        "recipient_id", String.valueOf(send.to()),
                        "biz_opaque_callback_data",
                                send.body().path("biz_opaque_callback_data").asString())))));
    }

    public String envelope(Map<String, ?> content) {
        Map<String, Object> value = new java.util.LinkedHashMap<>();
        value.put("messaging_product", "whatsapp");
        value.put("metadata", Map.of("display_phone_number", "15550783881", "phone_number_id", phoneNumberId));
        value.putAll(content);
        return JSON.writeValueAsString(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of(
                        "id", "102290129340398", "changes", List.of(Map.of("field", "messages", "value", value))))));
    }

    public ApiClient.Reply deliver(String body) {
        return deliver(body.getBytes(StandardCharsets.UTF_8));
    }

    public ApiClient.Reply deliver(byte[] body) {
        return deliver(body, "sha256=" + sign(appSecret, body));
    }

    /** @param signature null to leave the header out */
    public ApiClient.Reply deliver(byte[] body, String signature) {
        ApiClient signed = signature == null ? client : client.withHeader("X-Hub-Signature-256", signature);
        return signed.send("POST", path, "application/json", body);
    }

    static String sign(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
