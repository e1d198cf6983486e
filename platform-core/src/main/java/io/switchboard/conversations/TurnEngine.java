package io.switchboard.conversations;

import io.switchboard.database.DatabaseSignals;
import io.switchboard.database.DatabaseSignals.Topic;
import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs turns: claims what is due, one virtual thread for each, renews their leases, and lets them finish when the program stops. Any
 * number of these may work on one database.
 */
@Component
class TurnEngine implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TurnEngine.class);

    /** Claims in one statement; small, so that replicas share a backlog. */
    private static final int CLAIM_BATCH = 50;

    private static final Duration AFTER_DATABASE_ERROR = Duration.ofSeconds(1);

    private final ConversationQueue queue;
    private final Turn turn;
    private final ReplySender sender;
    private final EngineSettings settings;
    private final DatabaseSignals signals;
    private final ApplicationEventPublisher events;
    private final Doorbell doorbell = new Doorbell();
    private final Map<Claim, Thread> running = new ConcurrentHashMap<>();
    private final Map<TenantId, AtomicInteger> runningOfTenant = new ConcurrentHashMap<>();
    private volatile boolean started;
    private Workers workers = new Workers();

    TurnEngine(
            ConversationQueue queue,
            Turn turn,
            ReplySender sender,
            EngineSettings settings,
            DatabaseSignals signals,
            ApplicationEventPublisher events) {
        this.queue = queue;
        this.turn = turn;
        this.sender = sender;
        this.settings = settings;
        this.signals = signals;
        this.events = events;
        signals.on(Topic.TURNS, () -> doorbell.ring(Duration.ZERO));
    }

    /** Says that a conversation becomes due after a delay; other processes hear of what is due at once. */
    void wake(Duration delay) {
        doorbell.ring(delay);
        if (delay.isZero()) {
            signals.raise(Topic.TURNS);
        }
    }

    @Override
    public void start() {
        started = true;
        workers = new Workers();
        workers.loop.execute(this::claimUntilStopped);
        workers.repeat(this::renewLeases, settings.lease().dividedBy(3));
    }

    private void claimUntilStopped() {
        while (started) {
            try {
                if (claimDue() == 0) {
                    doorbell.await(settings.poll());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("Due conversations could not be claimed; again in {} ms", AFTER_DATABASE_ERROR.toMillis(), e);
                pause();
            }
        }
    }

    private int claimDue() {
        int free = settings.maxTurns() - running.size();
        if (free <= 0) {
            return 0;
        }
        List<Claim> claims = queue.claim(Math.min(free, CLAIM_BATCH), settings.lease(), busyTenants());
        for (Claim claim : claims) {
            countOf(claim.tenant()).incrementAndGet();
            Thread thread =
                    Thread.ofVirtual().name("turn-" + claim.conversation()).unstarted(() -> work(claim));
            running.put(claim, thread);
            thread.start();
        }
        return claims.size();
    }

    private void work(Claim claim) {
        try {
            Turn.Result result = turn.run(claim);
            switch (result) {
                case REPLIED -> {
                    Failpoint.TURN_COMPLETED.hit();
                    sender.wake();
                }
                case FENCED ->
                    LOG.info("Turn of conversation {} was overtaken; its result is dropped", claim.conversation());
                case SKIPPED, HANDED_BACK -> {}
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Turn of conversation {} broke off; its lease runs out and it is tried again",
                    claim.conversation(),
                    e);
        } finally {
            running.remove(claim);
            countOf(claim.tenant()).decrementAndGet();
            doorbell.ring(Duration.ZERO);
            events.publishEvent(new ConversationChanged(claim.tenant(), claim.conversation()));
        }
    }

    private void renewLeases() {
        running.forEach((claim, thread) -> {
            try {
                if (!queue.renew(claim, settings.lease())) {
                    thread.interrupt();
                }
            } catch (RuntimeException e) {
                LOG.warn("Lease of conversation {} could not be renewed; next try follows", claim.conversation(), e);
            }
        });
    }

    private List<TenantId> busyTenants() {
        return runningOfTenant.entrySet().stream()
                .filter(entry -> entry.getValue().get() >= settings.maxTurnsPerTenant())
                .map(Map.Entry::getKey)
                .toList();
    }

    private AtomicInteger countOf(TenantId tenant) {
        return runningOfTenant.computeIfAbsent(tenant, _ -> new AtomicInteger());
    }

    /** Stops claiming, lets turns finish for the grace time, then hands the rest back so that another process takes them at once. */
    @Override
    public void stop() {
        started = false;
        doorbell.ring(Duration.ZERO);
        long deadline = System.nanoTime() + settings.stopGrace().toNanos();
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(20));
        }
        running.forEach((claim, thread) -> {
            queue.handBack(claim, Duration.ZERO, false);
            thread.interrupt();
        });
        workers.close();
    }

    private static void pause() {
        pause(AFTER_DATABASE_ERROR);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isAutoStartup() {
        return settings.enabled();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** The two threads beside the turns themselves. */
    private static final class Workers implements AutoCloseable {

        private final ExecutorService loop = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("turn-claims").factory());
        private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("turn-leases").factory());

        void repeat(Runnable work, Duration interval) {
            ScheduledFuture<?> _ = renewal.scheduleWithFixedDelay(
                    work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            renewal.shutdownNow();
            loop.shutdownNow();
        }
    }
}
