package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Drops passages that say the same as a better one: the same page in two files, a footer on every page. */
final class NearDuplicates {

    /** Share of all words of two passages that both have. */
    private static final double SAME = 0.9;

    private NearDuplicates() {}

    /**
     * What is left, best first, and what was dropped.
     *
     * @param sameAs the better passage of each that was dropped
     */
    record Distinct(List<Passage> kept, Map<ChunkId, ChunkId> sameAs) {}

    static Distinct dropFrom(List<Passage> passages) {
        List<Passage> kept = new ArrayList<>();
        List<Set<String>> keptWords = new ArrayList<>();
        Map<ChunkId, ChunkId> sameAs = new HashMap<>();
        for (Passage passage : passages) {
            Set<String> words = words(passage.text());
            int better = 0;
            while (better < kept.size() && overlap(words, keptWords.get(better)) < SAME) {
                better++;
            }
            if (better < kept.size()) {
                sameAs.put(passage.chunk(), kept.get(better).chunk());
            } else {
                kept.add(passage);
                keptWords.add(words);
            }
        }
        return new Distinct(kept, sameAs);
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }

    private static double overlap(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        int either = one.size() + other.size() - both.size();
        return either == 0 ? 1 : (double) both.size() / either;
    }
}
