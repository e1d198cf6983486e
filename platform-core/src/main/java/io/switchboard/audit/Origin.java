package io.switchboard.audit;

import org.jspecify.annotations.Nullable;

/**
 * From where something is done.
 *
 * @param address of the client, as far as trusted proxies tell it; null where nobody asked
 * @param agent what the client calls itself; null if it does not
 */
public record Origin(@Nullable String address, @Nullable String agent) {

    /** Nothing is known, as of what the program does by itself. */
    public static final Origin NONE = new Origin(null, null);

    private static final int MAX_AGENT = 300;

    public Origin {
        if (agent != null && agent.length() > MAX_AGENT) {
            agent = agent.substring(0, MAX_AGENT);
        }
    }
}
