package io.switchboard.tenancy;

import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import java.time.Instant;

/** An organisation on this installation. */
public record Tenant(TenantId id, Slug slug, String name, String plan, TenantStatus status, Instant createdAt) {

    public boolean active() {
        return status == TenantStatus.ACTIVE;
    }
}
