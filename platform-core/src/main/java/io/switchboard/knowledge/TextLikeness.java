package io.switchboard.knowledge;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How much two texts have in common, in any script: the share of their threes of characters that both have. */
final class TextLikeness {

    private static final int SIZE = 3;

    private TextLikeness() {}

    static Set<String> grams(String text) {
        String plain = " "
                + text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
        Set<String> grams = new HashSet<>();
        for (int start = 0; start + SIZE <= plain.length(); start++) {
            grams.add(plain.substring(start, start + SIZE));
        }
        return grams;
    }

    /** 0 for nothing, 1 for all. */
    static double of(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return 2.0 * both.size() / (one.size() + other.size());
    }
}
