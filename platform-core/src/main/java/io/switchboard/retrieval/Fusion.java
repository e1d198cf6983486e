package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.Passage.Scores;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Joins the lists of vectors and words: each list's scores are stretched to 0 to 1, a chunk that a list does not have gets 0 there, and the
 * two are averaged. Measured on SciFact, this gains more than ranks alone, and it bears one weak list far better.
 */
final class Fusion {

    /** A chunk of either list. */
    record Ranked(ChunkId chunk, Scores scores) {}

    private Fusion() {}

    /**
     * All chunks of both lists, best first.
     *
     * @param denseWeight share of the vectors in a chunk's score, 0 to 1
     */
    static List<Ranked> fuse(List<Hit> dense, List<Hit> lexical, ToDoubleFunction<ChunkId> denseWeight) {
        Map<ChunkId, Double> cosines = scores(dense);
        Map<ChunkId, Double> words = scores(lexical);
        Map<ChunkId, Double> stretchedCosines = stretched(dense);
        Map<ChunkId, Double> stretchedWords = stretched(lexical);
        Set<ChunkId> chunks = new LinkedHashSet<>(cosines.keySet());
        chunks.addAll(words.keySet());
        return chunks.stream()
                .map(chunk -> {
                    double weight = denseWeight.applyAsDouble(chunk);
                    double fused = weight * stretchedCosines.getOrDefault(chunk, 0.0)
                            + (1 - weight) * stretchedWords.getOrDefault(chunk, 0.0);
                    return new Ranked(chunk, new Scores(cosines.get(chunk), words.get(chunk), fused));
                })
                .sorted(Comparator.comparingDouble(
                                (Ranked ranked) -> -ranked.scores().fused())
                        .thenComparing(ranked -> ranked.chunk().value()))
                .toList();
    }

    private static Map<ChunkId, Double> scores(List<Hit> hits) {
        Map<ChunkId, Double> scores = HashMap.newHashMap(hits.size());
        hits.forEach(hit -> scores.put(hit.chunk(), hit.score()));
        return scores;
    }

    private static Map<ChunkId, Double> stretched(List<Hit> hits) {
        double highest = hits.stream().mapToDouble(Hit::score).max().orElse(0);
        double lowest = hits.stream().mapToDouble(Hit::score).min().orElse(0);
        Map<ChunkId, Double> stretched = HashMap.newHashMap(hits.size());
        for (Hit hit : hits) {
            stretched.put(hit.chunk(), highest == lowest ? 1 : (hit.score() - lowest) / (highest - lowest));
        }
        return stretched;
    }
}
