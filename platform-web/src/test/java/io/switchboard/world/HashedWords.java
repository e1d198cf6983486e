package io.switchboard.world;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors without a model: every word adds to one of the dimensions, chosen by its hash. Texts that share words are near each other, so
 * retrieval finds the passage that speaks of the question; the same text always has the same vector.
 */
final class HashedWords {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private HashedWords() {}

    static float[] vector(String text, int dimension) {
        float[] vector = new float[dimension];
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            vector[Math.floorMod(word.group().hashCode() * 0x9E3779B9, dimension)] += 1;
        }
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }
        if (square == 0) {
            vector[0] = 1;
            return vector;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < dimension; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
