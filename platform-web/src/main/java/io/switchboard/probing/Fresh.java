package io.switchboard.probing;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words and numbers that nobody has used. */
final class Fresh {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Fresh() {}

    static String word() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String digits() {
        return Long.toString(RANDOM.nextLong(1_000_000_000_000L, 9_000_000_000_000_000L));
    }
}
