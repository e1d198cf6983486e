package io.switchboard.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Words that people sort documents by. */
final class Tags {

    private static final int MOST = 20;
    private static final int LONGEST = 40;

    private Tags() {}

    /**
     * Small letters, each once, sorted; a comma stands between two.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static List<String> of(Collection<String> typed) {
        List<String> tags = typed.stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(tag -> Texts.withoutNul(tag).strip().toLowerCase(Locale.ROOT))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (tags.size() > MOST || tags.stream().anyMatch(tag -> tag.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    "A document has " + MOST + " tags at most, of " + LONGEST + " characters each.");
        }
        return tags;
    }
}
