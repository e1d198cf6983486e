package io.switchboard.channels;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What became of an attempt to send. */
public sealed interface SendResult {

    /**
     * @param providerMessageId the provider's id, named again in delivery statuses
     * @param aliases ids under which the provider says it knows the customer, beside the one that was sent to
     */
    record Accepted(String providerMessageId, Set<CustomerAlias> aliases) implements SendResult {

        public Accepted {
            aliases = Set.copyOf(aliases);
        }

        public Accepted(String providerMessageId) {
            this(providerMessageId, Set.of());
        }
    }

    /**
     * Surely not sent, worth another try.
     *
     * @param retryAfter as the provider asks; empty: as {@code repeat} says
     */
    record Throttled(String code, String reason, Optional<Duration> retryAfter, Repeat repeat) implements SendResult {

        public Throttled(String code, String reason, Optional<Duration> retryAfter) {
            this(code, reason, retryAfter, Repeat.DOUBLING);
        }
    }

    /** How often and after what waits another try follows. */
    enum Repeat {
        /** Waits that double up to a limit. */
        DOUBLING,
        /** Waits of 1, 4, 16… seconds. */
        QUADRUPLING,
        /** One more try; the same error again is final. */
        ONCE
    }

    /** Surely not sent, and never will be. */
    record Rejected(String code, String reason) implements SendResult {}

    /** Surely not sent; nothing will be through this channel until a person acts. */
    record ChannelStopped(String code, String reason) implements SendResult {}

    /** Nobody knows: the request left and no answer came. */
    record Unclear(String reason) implements SendResult {}
}
