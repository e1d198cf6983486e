package io.switchboard.retrieval;

import java.time.Duration;
import java.util.List;

/**
 * Passages, best first, and where the time went.
 *
 * @param similarity highest cosine between a chunk and the question alone, without the ones before it; 0 if there is no vector
 * @param coverage share of the question's terms, weighted by their rarity, that the passages contain, 0 to 1
 */
public record SearchResult(
        List<Passage> passages, double similarity, double coverage, Duration embedding, Duration search) {

    static final SearchResult NOTHING = new SearchResult(List.of(), 0, 0, Duration.ZERO, Duration.ZERO);

    public SearchResult {
        passages = List.copyOf(passages);
    }
}
