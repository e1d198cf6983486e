package io.switchboard.access;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a request, after all checks.
 *
 * @param tenant the tenant the request works in; null for an operator outside any
 * @param role the caller's role there; null for an operator outside any
 */
public record Caller(
        User user, @Nullable Tenant tenant, @Nullable Role role) {

    /** @throws IllegalStateException for an operator outside any tenant; endpoints that ask for a permission never see one */
    public TenantId tenantId() {
        if (tenant == null) {
            throw new IllegalStateException("user " + user.id() + " calls outside any tenant");
        }
        return tenant.id();
    }

    /** As the audit remembers them. */
    public Actor actor() {
        return user.actor();
    }

    public boolean may(Permission permission) {
        return role != null && role.may(permission);
    }
}
