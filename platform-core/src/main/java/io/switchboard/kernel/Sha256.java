package io.switchboard.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java runtime has. Texts are hashed as UTF-8. */
public final class Sha256 {

    private Sha256() {}

    /** For content that comes in parts. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available in this Java runtime", e);
        }
    }

    /** @return 32 bytes */
    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }

    /** @return 32 bytes */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return 64 hexadecimal digits, in lower case */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }

    /** @return 64 hexadecimal digits, in lower case */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
