package io.switchboard.world;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a stand-in takes for an answer. */
@FunctionalInterface
public interface Latency {

    Latency NONE = _ -> Duration.ZERO;

    /** @param random the server's own, seeded, so that a run can be repeated */
    Duration next(RandomGenerator random);

    static Latency of(Duration always) {
        return _ -> always;
    }

    /** Log-normal, as the response times of model providers are: half below the median, one in twenty above p95. */
    static Latency spread(Duration median, Duration p95) {
        double sigma = Math.log((double) p95.toNanos() / median.toNanos()) / 1.645;
        return random -> Duration.ofNanos((long) (median.toNanos() * Math.exp(sigma * random.nextGaussian())));
    }
}
