package io.switchboard.conversations;

import io.switchboard.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;

/** How many attachments may be in memory at once: a number for the process, and half of it for one tenant. */
final class AttachmentRoom {

    private final int most;
    private final int mostOfTenant;
    private final Map<TenantId, Integer> taken = new HashMap<>();
    private int all;

    /** @param most at least 1 */
    AttachmentRoom(int most) {
        this.most = most;
        this.mostOfTenant = Math.max(1, most / 2);
    }

    /** False if there is no room now; otherwise the tenant must {@link #leave}. */
    synchronized boolean enter(TenantId tenant) {
        int own = taken.getOrDefault(tenant, 0);
        if (all == most || own == mostOfTenant) {
            return false;
        }
        all++;
        taken.put(tenant, own + 1);
        return true;
    }

    synchronized void leave(TenantId tenant) {
        all--;
        taken.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
    }
}
