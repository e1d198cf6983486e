package io.switchboard.whatsapp.meta;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a delivery: HMAC-SHA-256 with the app's secret over the bytes as they came. Parsed and written again they would
 * differ, since Meta escapes other characters than we would. See <a
 * href="https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads">validating payloads</a>.
 */
final class MetaSignature {

    static final String HEADER = "X-Hub-Signature-256";

    private static final String PREFIX = "sha256=";

    private MetaSignature() {}

    /** Takes as long for a wrong signature as for a right one. */
    static boolean matches(String appSecret, byte[] body, @Nullable String header) {
        if (header == null || !header.startsWith(PREFIX)) {
            return false;
        }
        try {
            byte[] claimed = HexFormat.of().parseHex(header.substring(PREFIX.length()));
            return MessageDigest.isEqual(hmac(appSecret, body), claimed);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The value of {@link #HEADER} for a delivery of our own. */
    static String of(String appSecret, byte[] body) {
        return PREFIX + HexFormat.of().formatHex(hmac(appSecret, body));
    }

    private static byte[] hmac(String appSecret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not available in this Java runtime", e);
        }
    }
}
