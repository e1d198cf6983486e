package io.switchboard.retrieval;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passages, best first, how they came there, and where the time went.
 *
 * @param contexts what of the passages is put before a model
 * @param trace every candidate, best first, also those that are not among the passages
 * @param whyNot what became of the passage that was expected; null if none was
 * @param similarity highest cosine between a chunk and the question alone, without the ones before it; 0 if there is no vector
 * @param coverage share of the question's terms, weighted by their rarity, that the passages contain, 0 to 1
 */
public record SearchResult(
        List<Passage> passages,
        List<Context> contexts,
        List<Candidate> trace,
        @Nullable WhyNot whyNot,
        double similarity,
        double coverage,
        Duration embedding,
        Duration search) {

    public SearchResult {
        passages = List.copyOf(passages);
        contexts = List.copyOf(contexts);
        trace = List.copyOf(trace);
    }

    static SearchResult nothing(@Nullable WhyNot whyNot) {
        return new SearchResult(List.of(), List.of(), List.of(), whyNot, 0, 0, Duration.ZERO, Duration.ZERO);
    }
}
