package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to tenants' providers that nobody waits for, so many at once and the tenants in turn. However many providers of a tenant do
 * not answer, another tenant's errand begins as soon as one of those under way ends.
 */
public final class TenantErrands {

    private static final Logger LOG = LoggerFactory.getLogger(TenantErrands.class);

    private final String name;
    private final TenantGate gate;
    private final Set<Object> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cancellations = new AtomicInteger();

    /**
     * @param name of the threads
     * @param places errands at once, at least 1
     */
    public TenantErrands(String name, int places) {
        this.name = name;
        this.gate = new TenantGate(places);
    }

    /**
     * Runs an errand as soon as the tenant's turn comes. One that still waits stands for all that are begun meanwhile. What an errand
     * throws is logged.
     *
     * @param what equal for errands that do the same; names it in the log
     */
    public void begin(TenantId tenant, Object what, Runnable errand) {
        if (waiting.add(what)) {
            int begunAt = cancellations.get();
            Thread thread =
                    Thread.ofVirtual().name(name + "-" + what).unstarted(() -> run(tenant, what, errand, begunAt));
            threads.add(thread);
            thread.start();
        }
    }

    private void run(TenantId tenant, Object what, Runnable errand, int begunAt) {
        try {
            gate.call(tenant, () -> {
                waiting.remove(what);
                if (begunAt == cancellations.get()) {
                    errand.run();
                }
                return what;
            });
        } catch (CancellationException _) {
            waiting.remove(what);
        } catch (RuntimeException e) {
            if (begunAt == cancellations.get()) {
                LOG.warn("{}: {} of tenant {} failed", name, what, tenant, e);
            }
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** Gives up those that wait, and interrupts those under way; others may be begun afterwards. */
    public void cancel() {
        cancellations.incrementAndGet();
        threads.forEach(Thread::interrupt);
    }
}
