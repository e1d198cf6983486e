package io.switchboard.access;

import io.switchboard.kernel.UserId;
import io.switchboard.tenancy.Tenant;

/** A user's place in a tenant. */
public record Membership(UserId user, Tenant tenant, Role role) {}
