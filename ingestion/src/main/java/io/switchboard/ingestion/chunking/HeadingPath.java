package io.switchboard.ingestion.chunking;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Title and open headings at a place in a document. */
final class HeadingPath {

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

    /** Without a heading that only repeats the title. */
    List<String> all() {
        return path(open);
    }

    List<String> aboveLeaf() {
        return path(open.subList(0, open.size() - 1));
    }

    /** The innermost heading; null if there is none but the title. */
    @Nullable
    String leaf() {
        return open.isEmpty() || open.getLast().text().equalsIgnoreCase(title)
                ? null
                : open.getLast().text();
    }

    int leafLevel() {
        return open.isEmpty() ? 0 : open.getLast().level();
    }

    private List<String> path(List<Heading> headings) {
        List<String> path = new ArrayList<>();
        path.add(title);
        headings.stream()
                .map(Heading::text)
                .filter(text -> !text.equalsIgnoreCase(title))
                .forEach(path::add);
        return path;
    }
}
