package io.switchboard.retrieval;

import java.time.Duration;
import java.util.List;

/**
 * Passages, best first, and where the time went.
 *
 * @param coverage share of the question's terms, weighted by their rarity, that the passages contain, 0 to 1
 */
public record SearchResult(List<Passage> passages, double coverage, Duration embedding, Duration search) {

    public SearchResult {
        passages = List.copyOf(passages);
    }
}
