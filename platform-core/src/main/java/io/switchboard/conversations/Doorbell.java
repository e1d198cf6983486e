package io.switchboard.conversations;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a loop sleep until there may be work: at once, at a promised time, or when its poll interval is over. A hint only; the database
 * decides what is due.
 */
final class Doorbell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long wakeNanos = Long.MAX_VALUE;

    /** Asks for a wake-up after a delay; the earliest of several wins. */
    void ring(Duration delay) {
        long at = System.nanoTime() + Math.max(0, delay.toNanos());
        lock.lock();
        try {
            if (wakeNanos == Long.MAX_VALUE || at - wakeNanos < 0) {
                wakeNanos = at;
                rung.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until rung, but no longer than the limit. */
    void await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (true) {
                long now = System.nanoTime();
                if (wakeNanos != Long.MAX_VALUE && wakeNanos - now <= 0) {
                    wakeNanos = Long.MAX_VALUE;
                    return;
                }
                if (end - now <= 0) {
                    return;
                }
                long until = wakeNanos == Long.MAX_VALUE ? end - now : Math.min(end - now, wakeNanos - now);
                long ignored = rung.awaitNanos(until);
                assert ignored <= TimeUnit.DAYS.toNanos(1);
            }
        } finally {
            lock.unlock();
        }
    }
}
