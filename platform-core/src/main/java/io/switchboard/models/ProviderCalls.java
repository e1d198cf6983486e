package io.switchboard.models;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.exception.ContentFilteredException;
import io.switchboard.models.ProviderException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Calls a provider within a deadline: repeats what may pass, stops asking a provider that keeps failing, and lets no tenant take more than
 * its share of the calls that run at once.
 */
final class ProviderCalls implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** A call that gets less than this part of its time cannot blame the provider. */
    private static final int TOO_LITTLE = 10;

    /** Ways that nobody takes are forgotten, long after their last call has ended. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final String provider;
    private final Semaphore all;
    private final Cache<Object, ProviderLane> lanes;
    private final int callsPerTenant;
    private final Duration pause;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Calls to one provider.
     *
     * @param provider name for the log
     * @param pause how long a provider that keeps failing is left alone
     */
    ProviderCalls(String provider, int calls, int callsPerTenant, Duration pause) {
        this.provider = provider;
        this.all = new Semaphore(calls, true);
        this.callsPerTenant = callsPerTenant;
        this.pause = pause;
        this.lanes = Caffeine.newBuilder().expireAfterAccess(FORGOTTEN_AFTER).build();
    }

    /**
     * What the call returns.
     *
     * @param caller whose share is used and whose failures count together
     * @throws ProviderException if there is nothing to return within the patience
     * @throws IllegalStateException inside a transaction, which would hold a connection meanwhile
     */
    <T> T call(Object caller, Patience patience, Callable<T> call) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("call to " + provider + " inside a transaction");
        }
        ProviderLane lane = lanes.get(caller, key -> new ProviderLane(provider + " for " + key, callsPerTenant, pause));
        long end = System.nanoTime() + patience.deadline().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(lane, patience.timeout(), end, call);
            } catch (ProviderException e) {
                Duration wait = wait(e, attempt);
                boolean inTime = System.nanoTime() + wait.toNanos() < end;
                if (e.kind() == Kind.PASSING && e.retryAfter().isPresent() && !inTime) {
                    lane.leaveAlone(wait);
                }
                if (e.kind() != Kind.PASSING || attempt >= patience.attempts() || !inTime) {
                    throw e;
                }
                sleep(wait);
            }
        }
    }

    private <T> T once(ProviderLane lane, Duration timeout, long end, Callable<T> call) {
        acquire(lane.share(), end);
        try {
            acquire(all, end);
            try {
                return guarded(lane, timeout, end, call);
            } finally {
                all.release();
            }
        } finally {
            lane.share().release();
        }
    }

    private void acquire(Semaphore permits, long end) {
        try {
            if (!permits.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new ProviderException(
                        Kind.NOT_ASKED, "too many calls to " + provider + " at once", FIRST_WAIT, null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T guarded(ProviderLane lane, Duration timeout, long end, Callable<T> call) {
        if (!lane.enter()) {
            throw new ProviderException(
                    Kind.NOT_ASKED, provider + " failed too often and is left alone", lane.openAgainIn(), null);
        }
        long started = System.nanoTime();
        if (end - started < timeout.toNanos() / TOO_LITTLE) {
            lane.abandoned();
            throw new ProviderException(Kind.NOT_ASKED, "no time is left to call " + provider, FIRST_WAIT, null);
        }
        try {
            T result = inTime(Math.min(timeout.toNanos(), end - started), call);
            lane.succeeded(System.nanoTime() - started);
            return result;
        } catch (ProviderException e) {
            switch (e.kind()) {
                case PASSING, LASTING -> lane.failed(System.nanoTime() - started, e);
                case REQUEST, NOT_ASKED -> lane.abandoned();
            }
            throw e;
        }
    }

    /** A call of its own thread, because only that can be given up while the provider still sends. */
    private <T> T inTime(long nanos, Callable<T> call) {
        Future<T> running = threads.submit(call);
        try {
            return running.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ProviderException(
                    Kind.PASSING, "no answer within " + Duration.ofNanos(nanos).toMillis() + " ms", null, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            running.cancel(true);
        }
    }

    private static ProviderException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ProviderException(Kind.NOT_ASKED, "interrupted", null, e);
    }

    private static ProviderException failure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProviderException known -> {
                    return known;
                }
                case ProviderHttp.Refused refused -> {
                    return new ProviderException(
                            kind(refused.statusCode()), reason(refused), refused.retryAfter(), failure);
                }
                case IOException broken -> {
                    return new ProviderException(Kind.PASSING, reason(broken), null, failure);
                }
                case dev.langchain4j.exception.TimeoutException late -> {
                    return new ProviderException(Kind.PASSING, reason(late), null, failure);
                }
                case ContentFilteredException filtered -> {
                    return new ProviderException(Kind.REQUEST, reason(filtered), null, failure);
                }
                default -> {}
            }
        }
        return new ProviderException(Kind.LASTING, reason(failure), null, failure);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 408, 425, 429 -> Kind.PASSING;
            case 401, 402, 403, 404, 405 -> Kind.LASTING;
            default -> status >= 500 ? Kind.PASSING : Kind.REQUEST;
        };
    }

    private static String reason(Throwable failure) {
        return failure instanceof ProviderHttp.Refused refused
                ? "HTTP " + refused.statusCode() + ": " + refused.getMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** As long as the provider wants, else doubled each time; spread by chance, so that what failed together does not return together. */
    private static Duration wait(ProviderException failure, int attempt) {
        long shortest = failure.retryAfter()
                .orElse(FIRST_WAIT.multipliedBy(1L << (attempt - 1)))
                .toMillis();
        return Duration.ofMillis(shortest + ThreadLocalRandom.current().nextLong(shortest / 4 + 1));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
