package io.switchboard.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that change with time (RFC 6238), as authenticator apps show them: six digits of HMAC-SHA-1, a new one every 30 seconds. SHA-1 is
 * what all apps agree on; its known weakness does not touch HMAC.
 */
final class Totp {

    static final int SECRET_BYTES = 20;
    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    /** Steps before and after the present one that count too, for clocks that differ and people who type (RFC 6238, section 5.2). */
    private static final int TOLERANCE = 1;

    private static final int MODULUS = 1_000_000;

    private Totp() {}

    static long step(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), STEP_SECONDS);
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0x0F;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-1 is not available in this Java runtime", e);
        }
    }

    /** The step that a code belongs to, if it belongs to one around this moment. */
    static OptionalLong match(byte[] secret, String code, Instant moment) {
        long now = step(moment);
        return LongStream.rangeClosed(now - TOLERANCE, now + TOLERANCE)
                .filter(step -> code(secret, step).equals(code))
                .findFirst();
    }
}
