package io.switchboard.ingestion.chunking;

import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.Block.Kind;
import io.switchboard.ingestion.parsing.ParsedDocument;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a document is called. */
public final class Titles {

    private static final int LONGEST = 200;

    /** What programs write as title when nobody gave one. */
    private static final Pattern MADE_BY_PROGRAM = Pattern.compile(
            "(?i)untitled.*|document ?\\d*|microsoft (word|powerpoint|excel) - .*|.*\\.(docx?|pptx?|xlsx?|pdf|indd|qxd|tex|dvi|rtf|odt)");

    private Titles() {}

    /** The title the document states; else its first heading, if no other ranks as high; else the name of the file. */
    public static String of(ParsedDocument document, String fileName) {
        String stated = document.title();
        if (stated != null
                && !stated.isBlank()
                && stated.length() <= LONGEST
                && !MADE_BY_PROGRAM.matcher(stated).matches()) {
            return stated.strip();
        }
        List<Block> headings = document.blocks().stream()
                .filter(block -> block.kind() == Kind.HEADING)
                .toList();
        if (!headings.isEmpty()
                && isAlone(headings)
                && headings.getFirst().text().length() <= LONGEST) {
            return headings.getFirst().text();
        }
        return withoutEnding(fileName);
    }

    private static boolean isAlone(List<Block> headings) {
        int first = headings.getFirst().level();
        return headings.stream().skip(1).allMatch(heading -> heading.level() > first);
    }

    private static String withoutEnding(String fileName) {
        int dot = fileName.lastIndexOf('.');
        boolean ending =
                dot > 0 && fileName.substring(dot + 1).toLowerCase(Locale.ROOT).matches("[a-z0-9]{1,8}");
        String name = (ending ? fileName.substring(0, dot) : fileName)
                .replace('_', ' ')
                .strip();
        return name.isEmpty() ? fileName : name;
    }
}
