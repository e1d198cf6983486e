package io.switchboard.access;

import io.switchboard.tenancy.Tenant;

/** Outcome of {@link AccessService#foundTenant}. */
public sealed interface TenantFounding {

    record Founded(Tenant tenant, User owner) implements TenantFounding {}

    record SlugTaken() implements TenantFounding {}

    record UnknownPlan() implements TenantFounding {}

    /** The address belongs to a user already and the password given is not theirs. */
    record OwnerExists() implements TenantFounding {}
}
