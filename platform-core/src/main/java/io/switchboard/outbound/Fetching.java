package io.switchboard.outbound;

import java.util.List;

/** Outcome of {@link OutboundFetcher#fetch}. */
public sealed interface Fetching {

    /**
     * @param at the address that answered, after redirects
     * @param robots what the site asks of programs in {@code X-Robots-Tag}, as it stands there
     * @param mediaType as the site names it, without parameters; {@code application/octet-stream} if it names none
     */
    record Fetched(WebAddress at, String mediaType, long bytes, Validators validators, List<String> robots)
            implements Fetching {

        public Fetched {
            robots = List.copyOf(robots);
        }

        Fetched(WebAddress at, String mediaType, long bytes) {
            this(at, mediaType, bytes, Validators.NONE, List.of());
        }
    }

    /** @param reason for people, a whole sentence */
    record Failed(Problem problem, String reason) implements Fetching {}

    /** Kinds of failures. */
    enum Problem {
        /** The address, or one that it redirects to, leads where tenants may not send us. */
        NOT_ALLOWED,
        UNREACHABLE,
        /** The site says that there is no such page (any more): status 404 or 410. */
        GONE,
        /** The site has trouble of its own or wants to be left in peace: status 429 or 5xx. */
        BUSY,
        STATUS,
        TOO_MANY_REDIRECTS,
        TOO_LARGE,
        TOO_SLOW
    }
}
