package io.switchboard.ingestion.parsing;

/** Outcome of {@link DocumentParser#parse}. */
public sealed interface ParseResult {

    record Parsed(ParsedDocument document) implements ParseResult {}

    /**
     * The page on which a passage stands, as it looks.
     *
     * @param page from 1
     */
    record Pictured(int page, int pages, byte[] png) implements ParseResult {}

    /** Nobody wants the document any more. */
    record Abandoned() implements ParseResult {}

    /** @param detail for the log, not for people */
    record Unreadable(Problem problem, String detail) implements ParseResult {}
}
