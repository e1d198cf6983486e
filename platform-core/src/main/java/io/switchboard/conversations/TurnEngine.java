package io.switchboard.conversations;

import io.switchboard.database.DatabaseSignals;
import io.switchboard.database.DatabaseSignals.Topic;
import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ConversationQueue queue;
    private final Turn turn;
    private final ReplySender sender;
    private final EngineSettings settings;
    private final DatabaseSignals signals;
    private final ApplicationEventPublisher events;
    private final ClaimLoop loop;
    private final Map<Claim, Thread> running = new ConcurrentHashMap<>();
    private final Map<TenantId, AtomicInteger> runningOfTenant = new ConcurrentHashMap<>();
    private ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor();

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
        this.loop = new ClaimLoop("turn-claims", settings.poll(), this::claimDue);
        signals.on(Topic.TURNS, () -> loop.ring(Duration.ZERO));
    }

    /** Says that a conversation becomes due after a delay; other processes hear of what is due at once. */
    void wake(Duration delay) {
        loop.ring(delay);
        if (delay.isZero()) {
            signals.raise(Topic.TURNS);
        }
    }

    @Override
    public void start() {
        renewal = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("turn-leases").factory());
        long interval = settings.lease().dividedBy(3).toMillis();
        ScheduledFuture<?> _ =
                renewal.scheduleWithFixedDelay(this::renewLeases, interval, interval, TimeUnit.MILLISECONDS);
        loop.start();
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
            if (Thread.currentThread().isInterrupted()) {
                LOG.info("Turn of conversation {} was ended: its claim is no longer ours", claim.conversation());
            } else {
                LOG.warn(
                        "Turn of conversation {} broke off; its lease runs out and it is tried again",
                        claim.conversation(),
                        e);
            }
        } finally {
            running.remove(claim);
            countOf(claim.tenant()).decrementAndGet();
            loop.ring(Duration.ZERO);
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
        loop.stop();
        awaitTurns();
        running.forEach((claim, thread) -> {
            queue.handBack(claim, Duration.ZERO, false);
            thread.interrupt();
        });
        renewal.shutdownNow();
        loop.close();
    }

    private void awaitTurns() {
        long deadline = System.nanoTime() + settings.stopGrace().toNanos();
        try {
            while (!running.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(20));
            }
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
        return loop.isRunning();
    }
}
