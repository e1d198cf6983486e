package io.switchboard.tenancy;

/** Outcome of {@link TenancyService#create} and {@link TenancyService#changePlan}. */
public sealed interface TenantCreation {

    record Created(Tenant tenant) implements TenantCreation {}

    record SlugTaken() implements TenantCreation {}

    record UnknownPlan() implements TenantCreation {}
}
