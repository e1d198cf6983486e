package io.switchboard.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a document goes through the step of the pipeline that it is in.
 *
 * @param since when that step began
 * @param from share of the pipeline that was done then, 0 to 1
 */
public record Pace(Instant since, double from) {

    /** Less than this says nothing about the rest. */
    private static final double ENOUGH = 0.02;

    /**
     * How long the rest takes if it goes on like this; empty while too little is known.
     *
     * @param progress share of the pipeline that is done, 0 to 1
     */
    Optional<Duration> left(double progress, Instant now) {
        long millis = Duration.between(since, now).toMillis();
        if (progress - from < ENOUGH || progress >= 1 || millis <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(millis * (1 - progress) / (progress - from))));
    }
}
