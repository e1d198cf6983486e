package io.switchboardtest;

import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantCreation;
import java.util.UUID;

/** Makes tenants that no other test knows. */
public final class TestTenants {

    private TestTenants() {}

    public static TenantId on(TenancyService tenancy, String plan) {
        Slug slug = new Slug("t-" + UUID.randomUUID());
        return switch (tenancy.create(new NewTenant("Tenant " + slug, slug, plan))) {
            case TenantCreation.Created(var tenant) -> tenant.id();
            case TenantCreation.SlugTaken() -> throw new AssertionError("slug taken: " + slug);
            case TenantCreation.UnknownPlan() -> throw new AssertionError("no plan " + plan);
        };
    }

    /** A tenant on a plan of its own. */
    public static TenantId withAnswers(TenancyService tenancy, long answersPerMonth) {
        String plan = "p-" + UUID.randomUUID();
        tenancy.savePlan(new Plan(plan, answersPerMonth, null, null));
        return on(tenancy, plan);
    }
}
