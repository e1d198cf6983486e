package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.Block.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes what a reader finds, cleans its white space, leaves out what is blank, and stops a document that has too much text. */
final class BlockSink {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\uFEFF\\u00AD\\u200B]");
    private static final Pattern SPACES = Pattern.compile("[ \\t\\u00A0\\u2007\\u202F]+");
    private static final Pattern BREAKS = Pattern.compile(" ?\\n ?(?:\\n ?)*");
    private static final Pattern BULLET = Pattern.compile("^[•·▪◦‣●○■□–*\\-]\\s+");

    /** A spreadsheet with more is a database, and as sentences for people it says nothing. */
    private static final int MAX_CELLS = 500_000;

    private final int maxCharacters;
    private final Output output;
    private int characters;
    private int cells;
    private boolean empty = true;

    BlockSink(int maxCharacters, Output output) {
        this.maxCharacters = maxCharacters;
        this.output = output;
    }

    interface Output {
        void write(Block block) throws IOException;
    }

    /** The document has more text than is allowed. */
    static final class TooMuchText extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchText(int limit) {
            super("more than " + limit + " characters of text");
        }
    }

    /** The document has more parts than are read from one. */
    static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLong(String what) {
            super(what);
        }
    }

    boolean isEmpty() {
        return empty;
    }

    void heading(int level, String text) {
        add(Kind.HEADING, Math.clamp(level, 1, 9), clean(text).replace('\n', ' '));
    }

    /** A paragraph, or a list item if it starts with a bullet. */
    void paragraph(String text) {
        String clean = clean(text);
        Matcher bullet = BULLET.matcher(clean);
        if (bullet.lookingAt()) {
            add(Kind.LIST_ITEM, 0, clean.substring(bullet.end()));
            return;
        }
        add(Kind.PARAGRAPH, 0, clean);
    }

    void listItem(String text) {
        add(Kind.LIST_ITEM, 0, clean(text));
    }

    void tableRow(List<String> row) {
        cells += row.size();
        if (cells > MAX_CELLS) {
            throw new TooLong("more than " + MAX_CELLS + " cells");
        }
        List<String> clean =
                row.stream().map(cell -> clean(cell).replace('\n', ' ')).toList();
        if (clean.stream().allMatch(String::isEmpty)) {
            return;
        }
        add(Kind.TABLE_ROW, 0, clean.stream().collect(Collectors.joining(" | ")));
    }

    private void add(Kind kind, int level, String text) {
        if (text.isEmpty()) {
            return;
        }
        characters += text.length();
        if (characters > maxCharacters) {
            throw new TooMuchText(maxCharacters);
        }
        empty = false;
        try {
            output.write(new Block(kind, level, text));
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be written", e);
        }
    }

    static String clean(String text) {
        String clean =
                CONTROL.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
        clean = SPACES.matcher(clean).replaceAll(" ");
        return BREAKS.matcher(clean).replaceAll("\n").strip();
    }
}
