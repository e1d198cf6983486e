package io.switchboard.conversations;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between attempts: doubled each time up to a limit, with jitter over the upper half, so that what failed together does not return
 * together.
 */
record BackOff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;
    private static final int MAX_QUADRUPLINGS = 5;

    /** @param attempts made so far, from 1 */
    Duration after(int attempts) {
        long wait = Math.min(first.toMillis() << Math.min(attempts - 1, MAX_DOUBLINGS), longest.toMillis());
        return Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    /**
     * 1, 4, 16… seconds, at most 1,024, and never less: so Meta asks for after more messages to one customer than it allows.
     *
     * @param attempts made so far, from 1
     */
    static Duration quadrupled(int attempts) {
        return notBefore(Duration.ofSeconds(1L << (2 * Math.min(attempts - 1, MAX_QUADRUPLINGS))));
    }

    /** A wait that is asked for, and up to a quarter more. */
    static Duration notBefore(Duration wait) {
        return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1));
    }
}
