package io.switchboard.models;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant's way to one provider: its share of calls at once, and a breaker that leaves the provider alone for a while when calls keep
 * failing.
 */
final class ProviderLane {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderLane.class);

    private static final int CALLS_LOOKED_AT = 20;
    private static final int CALLS_BEFORE_JUDGEMENT = 5;
    private static final float FAILED_PERCENT = 50;
    private static final int TRIALS = 2;

    /** How long to stay away while others try whether the provider is back. */
    private static final Duration DURING_TRIALS = Duration.ofSeconds(1);

    private final CircuitBreaker breaker;
    private final Semaphore share;
    private volatile long closedUntil = System.nanoTime();

    ProviderLane(String name, int callsAtOnce, Duration pause) {
        this.share = new Semaphore(callsAtOnce, true);
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS_LOOKED_AT)
                        .minimumNumberOfCalls(CALLS_BEFORE_JUDGEMENT)
                        .failureRateThreshold(FAILED_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .waitDurationInOpenState(pause)
                        .build());
        breaker.getEventPublisher().onStateTransition(change -> {
            State state = change.getStateTransition().getToState();
            if (state == State.OPEN) {
                leaveAlone(pause);
            }
            LOG.warn("Calls to {}: breaker {}", name, state);
        });
    }

    Semaphore share() {
        return share;
    }

    /** True if a call may be made; its end must be told. */
    boolean enter() {
        return System.nanoTime() - closedUntil >= 0 && breaker.tryAcquirePermission();
    }

    /** When a call may be made again, if none may now. */
    Duration openAgainIn() {
        Duration left = Duration.ofNanos(closedUntil - System.nanoTime());
        return left.compareTo(DURING_TRIALS) < 0 ? DURING_TRIALS : left;
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** The provider is to blame. */
    void failed(long nanos, Throwable failure) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
    }

    /** The call says nothing about the provider. */
    void abandoned() {
        breaker.releasePermission();
    }

    /** Makes no calls for a time that the provider asked for. */
    void leaveAlone(Duration time) {
        closedUntil = System.nanoTime() + time.toNanos();
    }
}
