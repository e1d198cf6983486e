package io.switchboard.conversations;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between attempts: doubled each time up to a limit, with jitter over the upper half, so that what failed together does not return
 * together.
 */
record BackOff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param attempts made so far, from 1 */
    Duration after(int attempts) {
        long wait = Math.min(first.toMillis() << Math.min(attempts - 1, MAX_DOUBLINGS), longest.toMillis());
        return Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }
}
