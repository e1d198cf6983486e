package io.switchboard.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Counts guesses of somebody who is half inside already: they hold a session and guess its password, or know the password and guess the
 * second factor. Ten in ten minutes, wherever they come from; nobody can use this to lock a stranger out. Each process counts for itself.
 */
@Component
class Attempts {

    static final int MOST = 10;

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final int ACCOUNTS = 100_000;

    private final Cache<UserId, Count> counts =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).expireAfterWrite(PERIOD).build();
    private final Clock clock;

    Attempts(Clock clock) {
        this.clock = clock;
    }

    private record Count(Instant since, int attempts) {}

    /** Takes one attempt; false if there is none left for now. */
    boolean take(UserId user) {
        Instant now = clock.instant();
        Count count = counts.asMap()
                .compute(
                        user,
                        (_, before) ->
                                before == null || !before.since().plus(PERIOD).isAfter(now)
                                        ? new Count(now, 1)
                                        : new Count(before.since(), before.attempts() + 1));
        return count.attempts() <= MOST;
    }

    /** After the right answer. */
    void forget(UserId user) {
        counts.invalidate(user);
    }
}
