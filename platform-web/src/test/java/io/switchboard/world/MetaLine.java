package io.switchboard.world;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A number at Meta as the world knows it: where its deliveries go and with what secret they are signed.
 *
 * @param webhook the channel's whole webhook address
 */
public record MetaLine(URI webhook, String phoneNumberId, String appSecret) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The same number at another address of the program: another replica's, or a proxy's. */
    public MetaLine at(int port) {
        return new MetaLine(URI.create("http://127.0.0.1:" + port + webhook.getPath()), phoneNumberId, appSecret);
    }

    /** A customer's text message in Meta's envelope. */
    public byte[] text(String messageId, String customer, String text, long epochSecond) {
        return envelope(
                """
                "contacts":[{"profile":{"name":"Customer %s"},"wa_id":"%s"}],\
                "messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":%s}}]""".formatted(customer, customer, customer, messageId, epochSecond, JSON.writeValueAsString(text)));
    }

    /** @param state {@code sent}, {@code delivered}, {@code read} or {@code failed} */
    public byte[] status(String messageId, String customer, String state, String callbackData, long epochSecond) {
        return envelope("""
                "statuses":[{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"%s",\
                "biz_opaque_callback_data":%s}]""".formatted(messageId, state, epochSecond, customer, JSON.writeValueAsString(callbackData)));
    }

    private byte[] envelope(String content) {
        return """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",\
                "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
                "phone_number_id":"%s"},%s}}]}]}""".formatted(phoneNumberId, content).getBytes(StandardCharsets.UTF_8);
    }

    /** The header that proves who sent these bytes. */
    public Map<String, String> signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Map.of("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing", e);
        }
    }
}
