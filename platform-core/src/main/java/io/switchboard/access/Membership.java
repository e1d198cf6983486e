package io.switchboard.access;

import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.Tenant;

/**
 * A user's place in a tenant.
 *
 * @param closed true while the tenant asks for a second factor that the user has not; they may do nothing there until they have one
 */
public record Membership(UserId user, Tenant tenant, Role role, boolean closed) {

    /** One that is open. */
    public Membership(UserId user, Tenant tenant, Role role) {
        this(user, tenant, role, false);
    }
}
