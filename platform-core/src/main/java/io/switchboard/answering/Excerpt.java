package io.switchboard.answering;

import io.switchboard.answering.PassageText.Kind;
import io.switchboard.answering.PassageText.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Chooses which pieces of a passage are quoted together, so that a stranger understands them, and writes them down. */
final class Excerpt {

    private static final int MAX_SENTENCES = 4;
    private static final int MAX_LINES = 10;

    /** Lines of a list or table that is quoted whole. */
    private static final int SHORT_LIST = 6;

    /** A passage of this length is quoted whole: leaving an exception out would mislead more than it would save. */
    private static final int SHORT_PASSAGE = 160;

    /** Share of the best piece's score from which another sentence is quoted too. */
    private static final double NEARLY_AS_GOOD = 0.75;

    /** As above, for list items and table rows, which look more alike. */
    private static final double AS_GOOD_IN_LIST = 0.85;

    /** Words that point back, so that the sentence is not understood alone. */
    private static final Set<String> POINTING_BACK = Set.of(
            "it",
            "they",
            "them",
            "this",
            "these",
            "that",
            "those",
            "he",
            "she",
            "however",
            "otherwise",
            "then",
            "also",
            "such",
            "both",
            "in",
            "instead",
            "therefore",
            "but",
            "so",
            "dies",
            "diese",
            "dieser",
            "sie",
            "er",
            "es",
            "dann",
            "jedoch",
            "außerdem",
            "dazu",
            "dort",
            "ils",
            "elles",
            "cela",
            "ceci",
            "ello",
            "esto",
            "esta",
            "estos");

    private final List<Unit> units;
    private final double[] scores;

    Excerpt(List<Unit> units, double[] scores) {
        this.units = units;
        this.scores = scores.clone();
    }

    /** What to quote around the piece that answers best. */
    String around(int best) {
        return write(choose(best));
    }

    private SortedSet<Integer> choose(int best) {
        int length = units.stream().mapToInt(unit -> unit.text().length()).sum();
        if (length <= SHORT_PASSAGE && units.size() <= MAX_SENTENCES) {
            return allOf(0, units.size());
        }
        return switch (units.get(best).kind()) {
            case SENTENCE -> units.get(best).introduces() ? introduced(best) : sentences(best);
            case ITEM -> lines(best, Kind.ITEM);
            case TABLE_HEAD, TABLE_ROW -> rows(best);
        };
    }

    private SortedSet<Integer> introduced(int best) {
        int end = best + 1;
        while (end < units.size() && units.get(end).kind() != Kind.SENTENCE && end - best <= MAX_LINES) {
            end++;
        }
        return end == best + 1 ? sentences(best) : allOf(best, end);
    }

    private SortedSet<Integer> sentences(int best) {
        SortedSet<Integer> chosen = new TreeSet<>(Set.of(best));
        if (best > 0 && pointsBack(units.get(best)) && sameBlock(best - 1, best)) {
            chosen.add(best - 1);
        }
        List<Integer> others = new ArrayList<>(allOf(0, units.size()));
        others.removeIf(other -> units.get(other).kind() != Kind.SENTENCE
                || scores[other] < NEARLY_AS_GOOD * scores[best]
                || Math.abs(other - best) > MAX_SENTENCES);
        others.sort((one, other) -> Double.compare(scores[other], scores[one]));
        for (int other : others) {
            if (chosen.size() < MAX_SENTENCES) {
                chosen.add(other);
            }
        }
        return withoutHoles(chosen);
    }

    /** A single sentence between two that are quoted is quoted too; leaving it out would read worse than leaving it in. */
    private SortedSet<Integer> withoutHoles(SortedSet<Integer> chosen) {
        SortedSet<Integer> filled = new TreeSet<>(chosen);
        for (int at : chosen) {
            if (chosen.contains(at + 2) && units.get(at + 1).kind() == Kind.SENTENCE) {
                filled.add(at + 1);
            }
        }
        return filled;
    }

    /** A short list whole, of a longer one the best lines; with the sentence before it that says what it lists. */
    private SortedSet<Integer> lines(int best, Kind kind) {
        int first = best;
        while (first > 0 && units.get(first - 1).kind() == kind) {
            first--;
        }
        int end = best + 1;
        while (end < units.size() && units.get(end).kind() == kind) {
            end++;
        }
        SortedSet<Integer> chosen = new TreeSet<>(Set.of(best));
        for (int line = first; line < end; line++) {
            boolean wanted = end - first <= SHORT_LIST || scores[line] >= AS_GOOD_IN_LIST * scores[best];
            if (wanted && chosen.size() < MAX_LINES) {
                chosen.add(line);
            }
        }
        if (first > 0 && units.get(first - 1).introduces()) {
            chosen.add(first - 1);
        }
        return chosen;
    }

    private SortedSet<Integer> rows(int best) {
        if (units.get(best).kind() == Kind.TABLE_ROW) {
            return lines(best, Kind.TABLE_ROW);
        }
        int end = best + 1;
        while (end < units.size() && units.get(end).kind() == Kind.TABLE_ROW && end - best <= MAX_LINES) {
            end++;
        }
        return end == best + 1 ? allOf(best, end) : allOf(best + 1, end);
    }

    private boolean sameBlock(int one, int other) {
        return units.get(one).block() == units.get(other).block();
    }

    private static boolean pointsBack(Unit unit) {
        String first = unit.text().split("[^\\p{L}]+", 2)[0];
        return POINTING_BACK.contains(first.toLowerCase(Locale.ROOT));
    }

    private static SortedSet<Integer> allOf(int from, int to) {
        SortedSet<Integer> range = new TreeSet<>();
        for (int i = from; i < to; i++) {
            range.add(i);
        }
        return range;
    }

    private String write(SortedSet<Integer> chosen) {
        StringBuilder text = new StringBuilder();
        @Nullable Integer before = null;
        for (int at : chosen) {
            Unit unit = units.get(at);
            boolean ownLine = unit.kind() != Kind.SENTENCE;
            if (unit.kind() == Kind.TABLE_HEAD && chosen.contains(at + 1)) {
                continue;
            }
            if (before != null) {
                text.append(separator(before, at, ownLine));
            }
            text.append(shown(at));
            before = at;
        }
        return text.toString();
    }

    private String separator(int before, int at, boolean ownLine) {
        if (ownLine || units.get(before).kind() != Kind.SENTENCE) {
            return "\n";
        }
        if (at > before + 1) {
            return " … ";
        }
        return sameBlock(before, at) ? " " : "\n\n";
    }

    private String shown(int at) {
        Unit unit = units.get(at);
        return switch (unit.kind()) {
            case SENTENCE, ITEM -> unit.text();
            case TABLE_HEAD -> String.join(", ", unit.cells());
            case TABLE_ROW -> row(unit.cells(), PassageText.cells(PassageText.tableHead(units, at)));
        };
    }

    /** Two columns read as "Monday: closed"; more carry the names of their columns. */
    private static String row(List<String> cells, List<String> head) {
        if (cells.size() <= 2 || head.size() != cells.size()) {
            return "- " + (cells.size() == 2 ? cells.get(0) + ": " + cells.get(1) : String.join(", ", cells));
        }
        List<String> named = new ArrayList<>();
        for (int i = 1; i < cells.size(); i++) {
            named.add(head.get(i) + ": " + cells.get(i));
        }
        return "- " + cells.getFirst() + " – " + String.join(", ", named);
    }
}
