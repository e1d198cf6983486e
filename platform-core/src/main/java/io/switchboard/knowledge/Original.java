package io.switchboard.knowledge;

/** Where a passage stands in its document. */
public sealed interface Original {

    /**
     * A page as it looks.
     *
     * @param page from 1
     * @param pages of the document
     */
    record Page(int page, int pages, byte[] png) implements Original {}

    /**
     * The text around it, as it was read.
     *
     * @param before empty at the beginning of the document
     * @param after empty at its end
     */
    record Text(String before, String passage, String after) implements Original {}
}
