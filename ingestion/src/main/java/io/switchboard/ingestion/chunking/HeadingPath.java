package io.switchboard.ingestion.chunking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Title and open headings at a place in a document. */
final class HeadingPath {

    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final String title;
    private final List<Heading> open = new ArrayList<>();

    HeadingPath(String title) {
        this.title = title;
    }

    private record Heading(int level, String text) {}

    /** Closes headings of the same and lower rank and opens this one. */
    void enter(int level, String text) {
        open.removeIf(heading -> heading.level() >= level);
        open.add(new Heading(level, text));
    }

    /** Without an outermost heading that says what the title says. */
    List<String> all() {
        return path(open);
    }

    List<String> aboveLeaf() {
        return path(open.subList(0, open.size() - 1));
    }

    /** The innermost heading; null if there is none but the title. */
    @Nullable
    String leaf() {
        return open.isEmpty()
                        || (open.size() == 1 && saidByTitle(open.getFirst().text()))
                ? null
                : open.getLast().text();
    }

    int leafLevel() {
        return open.isEmpty() ? 0 : open.getLast().level();
    }

    private List<String> path(List<Heading> headings) {
        List<String> path = new ArrayList<>();
        path.add(title);
        for (int i = 0; i < headings.size(); i++) {
            if (i > 0 || !saidByTitle(headings.get(i).text())) {
                path.add(headings.get(i).text());
            }
        }
        return path;
    }

    private boolean saidByTitle(String heading) {
        return words(title).contains(words(heading));
    }

    private static String words(String text) {
        return " "
                + NOT_A_WORD
                        .matcher(text.toLowerCase(Locale.ROOT))
                        .replaceAll(" ")
                        .strip() + " ";
    }
}
