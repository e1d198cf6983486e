package io.switchboard.isolation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One run of the isolation check.
 *
 * @param actor who asked for it
 * @param endpoints that were called
 * @param tables that were asked for another tenant's rows
 * @param attempts calls and statements altogether
 * @param leaks in sentences; empty if the wall held
 */
public record IsolationCheck(
        UUID id,
        Instant at,
        String actor,
        int endpoints,
        int tables,
        int attempts,
        List<String> leaks,
        Duration duration) {

    public IsolationCheck {
        leaks = List.copyOf(leaks);
    }

    public boolean passed() {
        return leaks.isEmpty();
    }
}
