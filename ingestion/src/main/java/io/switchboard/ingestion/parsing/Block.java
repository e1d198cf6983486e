package io.switchboard.ingestion.parsing;

/**
 * A piece of a document's text.
 *
 * @param level of a heading, 1 is the highest; 0 for everything else
 * @param text without line breaks except where the author set them
 */
public record Block(Kind kind, int level, String text) {

    public enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        /** Cells separated by {@code " | "}. */
        TABLE_ROW
    }

    public Block {
        if (level < 0 || level > 9 || (kind == Kind.HEADING) != (level > 0)) {
            throw new IllegalArgumentException("level " + level + " of " + kind);
        }
    }
}
