package io.switchboard.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Outcome of {@link UsageService#reserve}. */
public sealed interface Reservation {

    /** @param remaining answers left after this one; null on a plan without limit */
    record Granted(ReservationKey key, @Nullable Long remaining) implements Reservation {}

    /** @param resetsAt start of the next period, UTC */
    record Exhausted(Instant resetsAt) implements Reservation {}
}
