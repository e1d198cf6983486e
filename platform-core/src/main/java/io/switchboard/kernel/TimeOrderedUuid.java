package io.switchboard.kernel;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Version 7 UUIDs: 48 bits of Unix milliseconds, 12 bits that count within the millisecond, 62 random bits. New rows land at the
 * end of an index, and what one process makes is in the order in which it was made: a burst of more than 4,096 within a millisecond
 * borrows from the next one, and so does a clock that was set back. See RFC 9562, sections 5.7 and 6.2.
 */
public final class TimeOrderedUuid {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedUuid() {}

    public static UUID next() {
        long earliest = System.currentTimeMillis() << COUNTER_BITS;
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, earliest));
        long high = (tick >>> COUNTER_BITS << 16) | VERSION | (tick & COUNTER_MASK);
        return new UUID(high, VARIANT | (RANDOM.nextLong() & RANDOM_MASK));
    }
}
