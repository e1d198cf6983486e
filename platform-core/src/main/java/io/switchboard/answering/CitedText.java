package io.switchboard.answering;

import java.util.Arrays;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's text without its marks, and the passages that the marks name.
 *
 * @param numbers of passages that exist, from 1; numbers that the model made up are left out
 */
record CitedText(String text, SequencedSet<Integer> numbers) {

    /** {@code [1]}, {@code [1, 3]}, {@code [1][2]}, with the space before. */
    private static final Pattern MARKS = Pattern.compile("\\s*\\[\\s*(\\d{1,4}(?:\\s*[,;]\\s*\\d{1,4})*)\\s*]");

    /** The beginning that ends with a mark of a passage that exists, and with what ends its sentence; empty if there is none. */
    static String upToLastMark(String written, int passages) {
        int end = 0;
        Matcher mark = MARKS.matcher(written);
        while (mark.find()) {
            if (numbers(mark.group(1), passages).findAny().isPresent()) {
                end = mark.end();
            }
        }
        while (end > 0 && end < written.length() && ".!?;,:".indexOf(written.charAt(end)) >= 0) {
            end++;
        }
        return written.substring(0, end);
    }

    /** Those of passages that exist. */
    private static Stream<Integer> numbers(String mark, int passages) {
        return Arrays.stream(mark.split("\\s*[,;]\\s*", -1))
                .map(Integer::valueOf)
                .filter(number -> number >= 1 && number <= passages);
    }

    static CitedText of(String written, int passages) {
        SequencedSet<Integer> numbers = MARKS.matcher(written)
                .results()
                .flatMap(mark -> numbers(mark.group(1), passages))
                .collect(Collectors.toCollection(TreeSet::new));
        String text =
                MARKS.matcher(written).replaceAll(Matcher.quoteReplacement("")).strip();
        return new CitedText(text, numbers);
    }
}
