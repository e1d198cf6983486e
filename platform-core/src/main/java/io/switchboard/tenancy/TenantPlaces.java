package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;

/**
 * Places of this process of which one tenant takes some and never all. Nobody waits for one here: who gets none comes again. Where
 * callers can wait, {@link TenantGate} lets them in by turns.
 */
public final class TenantPlaces {

    private final int all;
    private final int ofTenant;
    private final Map<TenantId, Integer> taken = new HashMap<>();
    private int sum;

    /**
     * @param all at least 1
     * @param ofTenant how many one tenant may have, at least 1
     */
    public TenantPlaces(int all, int ofTenant) {
        if (all < 1 || ofTenant < 1) {
            throw new IllegalArgumentException("no place: " + all + ", of one tenant " + ofTenant);
        }
        this.all = all;
        this.ofTenant = ofTenant;
    }

    /** How many one tenant may have. */
    public int ofTenant() {
        return ofTenant;
    }

    /** False if there is none now; otherwise the tenant must {@link #leave}. */
    public synchronized boolean enter(TenantId tenant) {
        int own = taken.getOrDefault(tenant, 0);
        if (sum == all || own >= ofTenant) {
            return false;
        }
        sum++;
        taken.put(tenant, own + 1);
        return true;
    }

    /** Gives a place back; true if the tenant had all that it may have. */
    public synchronized boolean leave(TenantId tenant) {
        int own = taken.getOrDefault(tenant, 0);
        if (own == 0) {
            throw new IllegalStateException("tenant " + tenant + " has no place to leave");
        }
        sum--;
        if (own == 1) {
            taken.remove(tenant);
        } else {
            taken.put(tenant, own - 1);
        }
        return own == ofTenant;
    }

    /** How many each tenant has; those that have none are not named. */
    public synchronized Map<TenantId, Integer> taken() {
        return Map.copyOf(taken);
    }
}
