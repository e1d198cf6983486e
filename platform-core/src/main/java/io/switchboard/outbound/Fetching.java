package io.switchboard.outbound;

/** Outcome of {@link OutboundFetcher#fetch}. */
public sealed interface Fetching {

    /**
     * @param at the address that answered, after redirects
     * @param mediaType as the site names it, without parameters; {@code application/octet-stream} if it names none
     */
    record Fetched(WebAddress at, String mediaType, long bytes) implements Fetching {}

    /** @param reason for people, a whole sentence */
    record Failed(Problem problem, String reason) implements Fetching {}

    /** Kinds of failures. */
    enum Problem {
        /** The address, or one that it redirects to, leads where tenants may not send us. */
        NOT_ALLOWED,
        UNREACHABLE,
        STATUS,
        TOO_MANY_REDIRECTS,
        TOO_LARGE,
        TOO_SLOW
    }
}
