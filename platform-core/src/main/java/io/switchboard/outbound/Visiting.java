package io.switchboard.outbound;

/** Outcome of {@link OutboundFetcher#visit}. */
public sealed interface Visiting {

    record Answered(Fetching outcome) implements Visiting {}

    /** The site says that the page is as it was. */
    record Unchanged() implements Visiting {}

    /** The page is at another address, which may belong to somebody else. */
    record Moved(WebAddress to) implements Visiting {}
}
