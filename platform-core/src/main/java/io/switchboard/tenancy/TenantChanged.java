package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;

/**
 * An operator made a tenant or changed it.
 *
 * @param action a verb in the past tense
 * @param detail the new name, plan or status
 * @param isNew true while the transaction that makes the tenant is open
 */
public record TenantChanged(TenantId tenant, String action, String detail, boolean isNew) {}
