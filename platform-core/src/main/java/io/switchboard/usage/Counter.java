package io.switchboard.usage;

import org.jspecify.annotations.Nullable;

/**
 * A tenant's month while its row is locked.
 *
 * @param limit answers the plan allows; null without limit
 */
record Counter(@Nullable Long limit, long used, long reserved) {

    boolean full() {
        return limit != null && used + reserved >= limit;
    }

    @Nullable
    Long remaining() {
        return limit == null ? null : Math.max(0, limit - used - reserved);
    }

    Counter plusReserved(long amount) {
        return new Counter(limit, used, reserved + amount);
    }
}
