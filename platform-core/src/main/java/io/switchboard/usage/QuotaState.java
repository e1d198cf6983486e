package io.switchboard.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's budget in the current period.
 *
 * @param limit answers the plan allows; null without limit
 * @param resetsAt start of the next period, UTC
 */
public record QuotaState(String plan, @Nullable Long limit, long used, long reserved, Instant resetsAt) {

    public boolean spent() {
        return limit != null && used + reserved >= limit;
    }
}
