package io.switchboard.channels;

import java.time.Duration;
import java.time.Instant;

/**
 * A steady rate of messages with a burst after a pause, as the generic cell rate algorithm keeps it: each message books one interval, and
 * one may leave while no more than the burst is booked ahead.
 *
 * @param interval between messages in the long run
 * @param burst how many may leave together after a pause
 */
public record SendRate(Duration interval, int burst) {

    public SendRate {
        if (!interval.isPositive() || burst < 1) {
            throw new IllegalArgumentException("no rate: " + burst + " and then one in " + interval);
        }
    }

    /** From when on the next message may leave. */
    public Instant firstFree(Instant bookedUntil) {
        return bookedUntil.minus(interval.multipliedBy(burst - 1L));
    }

    /** What is booked after one more message. */
    public Instant book(Instant bookedUntil, Instant now) {
        return (bookedUntil.isAfter(now) ? bookedUntil : now).plus(interval);
    }

    /** The most that is ever booked ahead by messages that were free to leave. */
    public Duration longestBooking() {
        return interval.multipliedBy(burst);
    }
}
