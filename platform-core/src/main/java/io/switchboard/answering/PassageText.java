package io.switchboard.answering;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A passage's text taken apart into what can be quoted on its own: sentences, list items, table rows. */
final class PassageText {

    private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*•–]|\\d{1,3}[.)])\\s+.*");
    /** The line between a table's first row and the others in Markdown. */
    private static final Pattern RULE = Pattern.compile("[\\s|:-]+");

    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*");

    /** Ends that are no end of a sentence. */
    private static final Pattern ABBREVIATION = Pattern.compile(
            "(?:^|.*[\\s(])(?:e\\.g|i\\.e|[ap]\\.m|mr|mrs|ms|dr|prof|st|no|nr|approx|incl|etc|vs|z\\.b|d\\.h|ca|bzw|usw|tel)\\.\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private PassageText() {}

    enum Kind {
        SENTENCE,
        ITEM,
        TABLE_HEAD,
        TABLE_ROW
    }

    /**
     * A piece of a passage.
     *
     * @param block pieces of one paragraph, list or table have the same number
     */
    record Unit(Kind kind, String text, int block) {

        List<String> cells() {
            return PassageText.cells(text);
        }

        /** True if what it says goes on in what follows. */
        boolean introduces() {
            return kind == Kind.SENTENCE && text.endsWith(":");
        }
    }

    /** What stands between the bars of a table's row. */
    static List<String> cells(String row) {
        return List.of(CELLS.split(row.strip(), -1)).stream()
                .filter(cell -> !cell.isBlank())
                .toList();
    }

    /** The first row of the table that a piece is a row of; empty for others. */
    static String tableHead(List<Unit> units, int row) {
        int at = row;
        while (at > 0 && units.get(at).kind() == Kind.TABLE_ROW) {
            at--;
        }
        return units.get(at).kind() == Kind.TABLE_HEAD ? units.get(at).text() : "";
    }

    static List<Unit> split(String text, Locale language) {
        List<Unit> units = new ArrayList<>();
        int block = 0;
        for (String paragraph : text.strip().split("\\n\\s*\\n", -1)) {
            StringBuilder prose = new StringBuilder();
            boolean table = false;
            for (String line : paragraph.split("\\n", -1)) {
                if (line.contains("|") && RULE.matcher(line).matches()) {
                    continue;
                }
                if (line.contains(" | ")) {
                    addSentences(units, prose, language, block);
                    units.add(new Unit(table ? Kind.TABLE_ROW : Kind.TABLE_HEAD, line.strip(), block));
                    table = true;
                } else if (ITEM.matcher(line).matches()) {
                    addSentences(units, prose, language, block);
                    units.add(new Unit(Kind.ITEM, line.strip(), block));
                } else {
                    prose.append(line.strip()).append(' ');
                }
            }
            addSentences(units, prose, language, block);
            block++;
        }
        return units;
    }

    /** Ends the paragraph so far and empties the buffer. */
    private static void addSentences(List<Unit> units, StringBuilder prose, Locale language, int block) {
        String paragraph = prose.toString().strip();
        prose.setLength(0);
        BreakIterator ends = BreakIterator.getSentenceInstance(language);
        ends.setText(paragraph);
        int start = 0;
        for (int end = ends.next(); end != BreakIterator.DONE; end = ends.next()) {
            String sentence = paragraph.substring(start, end);
            if (end < paragraph.length() && ABBREVIATION.matcher(sentence).matches()) {
                continue;
            }
            if (!sentence.isBlank()) {
                units.add(new Unit(Kind.SENTENCE, sentence.strip(), block));
            }
            start = end;
        }
    }
}
