package io.switchboard.access;

import org.jspecify.annotations.Nullable;

/**
 * How a link that works once gets to its person.
 *
 * @param handOver path below the program's address, to be handed over by whoever asked for the link; null if the link was mailed, as then
 *     it is nobody else's business
 */
public record LinkDelivery(@Nullable String handOver) {

    static final LinkDelivery MAILED = new LinkDelivery(null);

    public boolean mailed() {
        return handOver == null;
    }

    @Override
    public String toString() {
        return mailed() ? "mailed" : "to be handed over";
    }
}
