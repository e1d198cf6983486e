package io.switchboard.privacy;

/** Outcome of {@link TenantErasure#erase}. */
public sealed interface TenantErasing {

    record Erased(ErasureReceipt receipt) implements TenantErasing {}

    /** The tenant is served; suspend it first. */
    record Active() implements TenantErasing {}

    record UnknownTenant() implements TenantErasing {}
}
