package io.switchboard.access;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a request, after all checks.
 *
 * @param tenant the tenant the request works in; null for an operator outside any
 * @param role the caller's role there; null for an operator outside any
 */
public record Caller(
        Identity identity,
        @Nullable Tenant tenant,
        @Nullable Role role) {

    /** @throws IllegalStateException for an operator outside any tenant; endpoints that ask for a permission never see one */
    public TenantId tenantId() {
        if (tenant == null) {
            throw new IllegalStateException(actor() + " calls outside any tenant");
        }
        return tenant.id();
    }

    /** As the audit remembers them. */
    public Actor actor() {
        return switch (identity) {
            case Identity.Person(User user) -> user.actor();
            case Identity.Key(ApiKeyId id, String name) -> new Actor(Actor.Kind.API_KEY, id.value(), name);
        };
    }

    public boolean may(Permission permission) {
        return role != null && role.may(permission);
    }

    /** True if the caller may give this role to people and keys of the tenant. */
    public boolean mayGive(Role other) {
        return role != null && role.mayGive(other);
    }

    /** Runs the installation; a key never does. */
    public boolean operator() {
        return identity instanceof Identity.Person(User user) && user.operator();
    }
}
