package io.switchboard.whatsapp.waha;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of an event: HMAC-SHA-512 with the session's key over the bytes as they came. See <a
 * href="https://waha.devlike.pro/docs/how-to/events/#hmac-authentication">HMAC authentication</a>.
 */
final class WahaSignature {

    static final String HEADER = "X-Webhook-Hmac";
    static final String ALGORITHM_HEADER = "X-Webhook-Hmac-Algorithm";

    private WahaSignature() {}

    /**
     * Takes as long for a wrong signature as for a right one.
     *
     * @param algorithm as the event names it; null if it does not
     */
    static boolean matches(String key, byte[] body, @Nullable String header, @Nullable String algorithm) {
        if (header == null || (algorithm != null && !algorithm.equalsIgnoreCase("sha512"))) {
            return false;
        }
        try {
            return MessageDigest.isEqual(hmac(key, body), HexFormat.of().parseHex(header.strip()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The value of {@link #HEADER} for a delivery of our own. */
    static String of(String key, byte[] body) {
        return HexFormat.of().formatHex(hmac(key, body));
    }

    private static byte[] hmac(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA512 is not available in this Java runtime", e);
        }
    }
}
