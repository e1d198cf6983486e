package io.switchboard.webhooklog;

import io.switchboard.installation.BackgroundLoop;
import io.switchboard.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Writes the log behind the providers' backs: a delivery is answered first, and noted twice a second together with others. Under a flood
 * that the database cannot follow, notes are dropped and counted, never deliveries. Removes what has been kept long enough.
 */
@Component
class WebhookLogWriter extends BackgroundLoop implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookLogWriter.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final int WAITING = 20_000;

    private final WebhookLogStore store;
    private final WebhookLogSettings settings;
    private final Clock clock;
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private Instant swept = Instant.EPOCH;

    private record Note(TenantId tenant, WebhookDelivery delivery) {}

    WebhookLogWriter(WebhookLogStore store, WebhookLogSettings settings, Clock clock) {
        super("webhook-log", EVERY, EVERY);
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    void note(TenantId tenant, WebhookDelivery delivery) {
        if (!notes.offer(new Note(tenant, delivery))) {
            dropped.incrementAndGet();
        }
    }

    @Override
    protected void round() {
        write();
        Instant now = clock.instant();
        if (now.isAfter(swept.plus(SWEEP_EVERY))) {
            swept = now;
            sweep();
        }
    }

    /** Writes what waits. */
    void write() {
        List<Note> waiting = new ArrayList<>();
        notes.drainTo(waiting);
        Map<TenantId, List<WebhookDelivery>> byTenant = waiting.stream()
                .collect(Collectors.groupingBy(Note::tenant, Collectors.mapping(Note::delivery, Collectors.toList())));
        byTenant.forEach((tenant, deliveries) -> {
            try {
                store.insert(tenant, deliveries);
            } catch (RuntimeException e) {
                LOG.warn("{} deliveries of tenant {} are missing in the log", deliveries.size(), tenant, e);
            }
        });
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("{} deliveries are missing in the log: more came than could be written", lost);
        }
    }

    /** Removes what is older than the log is kept. */
    long sweep() {
        return store.removeBefore(clock.instant().minus(settings.keep()));
    }

    @Override
    public void destroy() {
        write();
    }
}
