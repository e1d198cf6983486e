package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets so many callers through at once, and the tenants that wait in turn: one of each, then the next of each. A tenant with a thousand
 * callers makes another one wait for a place, never for the thousand.
 */
public final class TenantGate {

    private final ReentrantLock lock = new ReentrantLock();

    /** Callers that wait, by tenant; the tenant whose turn is next comes first, and none is here without a caller. */
    private final Map<TenantId, Deque<CountDownLatch>> waiting = new LinkedHashMap<>();

    private int free;

    /** @param places callers at once, at least 1 */
    public TenantGate(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("no place: " + places);
        }
        this.free = places;
    }

    /**
     * Waits for a place and works there.
     *
     * @throws CancellationException if the thread is interrupted while it waits
     */
    public <T> T call(TenantId tenant, Supplier<T> work) {
        enter(tenant);
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Callers that wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private void enter(TenantId tenant) {
        CountDownLatch turn = new CountDownLatch(1);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            waiting.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).add(turn);
        } finally {
            lock.unlock();
        }
        try {
            turn.await();
        } catch (InterruptedException _) {
            giveUp(tenant, turn);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a place");
        }
    }

    /** A turn that came in the same moment goes to the next. */
    private void giveUp(TenantId tenant, CountDownLatch turn) {
        lock.lock();
        try {
            Deque<CountDownLatch> callers = waiting.getOrDefault(tenant, new ArrayDeque<>());
            if (!callers.remove(turn)) {
                leave();
            } else if (callers.isEmpty()) {
                waiting.remove(tenant);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                free++;
                return;
            }
            Map.Entry<TenantId, Deque<CountDownLatch>> first =
                    waiting.entrySet().iterator().next();
            TenantId tenant = first.getKey();
            Deque<CountDownLatch> callers = first.getValue();
            waiting.remove(tenant);
            callers.remove().countDown();
            if (!callers.isEmpty()) {
                waiting.put(tenant, callers);
            }
        } finally {
            lock.unlock();
        }
    }
}
