package io.switchboard.kernel;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Version 7 UUIDs: 48 bits of Unix milliseconds, then 74 random bits, so that new rows land at the end of an index. See RFC 9562,
 * section 5.7.
 */
public final class TimeOrderedUuid {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedUuid() {}

    public static UUID next() {
        long random = RANDOM.nextLong();
        long millis = System.currentTimeMillis();
        long high = (millis << 16) | 0x7000L | (random & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
