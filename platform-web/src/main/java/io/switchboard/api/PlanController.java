package io.switchboard.api;

import io.switchboard.kernel.Slice;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What tenants may use, as the operator sets it. */
@RestController
@RequestMapping("/api/v1/plans")
@OperatorOnly
class PlanController {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

    private final TenancyService tenancy;

    PlanController(TenancyService tenancy) {
        this.tenancy = tenancy;
    }

    /** Limits of a plan; null or absent means without limit. */
    record Limits(
            @Nullable @PositiveOrZero Long answersPerMonth,
            @Nullable @PositiveOrZero Long maxDocuments,
            @Nullable @PositiveOrZero Long maxStorageBytes) {}

    @GetMapping
    Slice<Plan> list() {
        return new Slice<>(tenancy.plans(), null);
    }

    /** Creates the plan or replaces its limits, for the tenants that are on it too. */
    @PutMapping("/{name}")
    Plan save(@PathVariable String name, @Valid @RequestBody Limits limits) {
        if (!name.matches(NAME)) {
            throw ApiProblem.invalid("name", "must have 1 to 40 of a-z, 0-9 and -, starting with a letter or digit");
        }
        Plan plan = new Plan(name, limits.answersPerMonth(), limits.maxDocuments(), limits.maxStorageBytes());
        tenancy.savePlan(plan);
        return plan;
    }
}
