package io.switchboard.isolation;

import java.util.List;

/**
 * What a probe saw.
 *
 * @param places endpoints or tables that were tried
 * @param attempts how often anything was tried
 */
public record Findings(int places, int attempts, List<Leak> leaks) {

    public Findings {
        leaks = List.copyOf(leaks);
    }
}
