package io.switchboard.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Drops passages that say the same as a better one: the same page in two files, a footer on every page. */
final class NearDuplicates {

    /** Share of all words of two passages that both have. */
    private static final double SAME = 0.9;

    private NearDuplicates() {}

    static List<Passage> dropFrom(List<Passage> passages) {
        List<Passage> kept = new ArrayList<>();
        List<Set<String>> keptWords = new ArrayList<>();
        for (Passage passage : passages) {
            Set<String> words = words(passage.text());
            if (keptWords.stream().noneMatch(other -> overlap(words, other) >= SAME)) {
                kept.add(passage);
                keptWords.add(words);
            }
        }
        return kept;
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
