package io.switchboard.ingestion;

import io.switchboard.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Some places for work that comes back again and again, given to tenants in turn: who asks while there is none is remembered, and a place
 * that gets free goes to whoever of them has had one the longest time ago, when they ask again. A tenant with a hundred sites makes
 * another wait for a step, never for the hundred.
 */
final class TenantTurns {

    private final int places;
    private final long patienceNanos;
    private final LongSupplier clock;
    private final Map<TenantId, Long> waiting = new HashMap<>();
    private final Map<TenantId, Long> lastTurn = new HashMap<>();
    private int taken;
    private long turns;

    /**
     * @param patienceNanos for so long somebody who does not ask again is thought to be waiting
     * @param clock nanoseconds
     */
    TenantTurns(int places, long patienceNanos, LongSupplier clock) {
        this.places = places;
        this.patienceNanos = patienceNanos;
        this.clock = clock;
    }

    /** @return whether the tenant has a place now, to be given back */
    synchronized boolean take(TenantId tenant) {
        long now = clock.getAsLong();
        waiting.values().removeIf(asked -> now - asked > patienceNanos);
        long before = waiting.keySet().stream()
                .filter(other -> !other.equals(tenant) && last(other) < last(tenant))
                .count();
        if (places - taken <= before) {
            waiting.put(tenant, now);
            return false;
        }
        waiting.remove(tenant);
        taken++;
        lastTurn.put(tenant, ++turns);
        if (lastTurn.size() > 10_000) {
            lastTurn.values().removeIf(turn -> turn < turns - 10_000);
        }
        return true;
    }

    synchronized void giveBack() {
        taken--;
    }

    private long last(TenantId tenant) {
        return lastTurn.getOrDefault(tenant, 0L);
    }
}
