package io.switchboard.webchat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on a tenant's page. The page keeps a secret that it made for them; who knows it is them. We keep its digest, so that nobody
 * who reads conversations can speak for a visitor.
 *
 * @param key names the visitor among us
 */
record WebchatVisitor(String key) {

    static final String HEADER = "X-Visitor";

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,100}");
    private static final int KEY_LENGTH = 24;

    /** Empty if it is no secret that our script makes. */
    static Optional<WebchatVisitor> of(@Nullable String secret) {
        return secret != null && SECRET.matcher(secret).matches()
                ? Optional.of(new WebchatVisitor("visitor-" + digest(secret).substring(0, KEY_LENGTH)))
                : Optional.empty();
    }

    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available in this Java runtime", e);
        }
    }
}
