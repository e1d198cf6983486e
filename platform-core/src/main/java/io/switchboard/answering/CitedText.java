package io.switchboard.answering;

import java.util.Arrays;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model's text without its marks, and the passages that the marks name.
 *
 * @param numbers of passages that exist, from 1; numbers that the model made up are left out
 */
record CitedText(String text, SequencedSet<Integer> numbers) {

    /** {@code [1]}, {@code [1, 3]}, {@code [1][2]}, with the space before. */
    private static final Pattern MARKS = Pattern.compile("\\s*\\[\\s*(\\d{1,4}(?:\\s*[,;]\\s*\\d{1,4})*)\\s*]");

    static CitedText of(String written, int passages) {
        SequencedSet<Integer> numbers = MARKS.matcher(written)
                .results()
                .flatMap(mark -> Arrays.stream(mark.group(1).split("\\s*[,;]\\s*", -1)))
                .map(Integer::valueOf)
                .filter(number -> number >= 1 && number <= passages)
                .collect(Collectors.toCollection(TreeSet::new));
        String text =
                MARKS.matcher(written).replaceAll(Matcher.quoteReplacement("")).strip();
        return new CitedText(text, numbers);
    }
}
