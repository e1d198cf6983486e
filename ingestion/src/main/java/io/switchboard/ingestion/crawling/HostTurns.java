package io.switchboard.ingestion.crawling;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lets one request at a time go to a host, whosever site it is for, and none before the host has had its rest. */
@Component
class HostTurns {

    /** Longer than any request may take: a turn that was never given back is over then. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int MANY = 1_000;

    private final Map<String, Long> freeAt = new HashMap<>();

    /** @return zero if the turn is taken, else how long to wait before asking again */
    synchronized Duration take(String host) {
        long now = System.nanoTime();
        if (freeAt.size() > MANY) {
            freeAt.values().removeIf(free -> free - now <= 0);
        }
        Long free = freeAt.get(host);
        if (free != null && free - now > 0) {
            return Duration.ofNanos(Math.min(free - now, Duration.ofSeconds(1).toNanos()));
        }
        freeAt.put(host, now + LONGEST.toNanos());
        return Duration.ZERO;
    }

    synchronized void giveBack(String host, Duration rest) {
        freeAt.put(host, System.nanoTime() + rest.toNanos());
    }
}
