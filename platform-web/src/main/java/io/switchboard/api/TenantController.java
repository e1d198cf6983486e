package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.TenantFounding;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantCreation;
import io.switchboard.tenancy.TenantStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tenants, as the operator manages them. */
@RestController
@RequestMapping("/api/v1/tenants")
@OperatorOnly
class TenantController {

    private static final String DEFAULT_PLAN = "standard";

    private final AccessService access;
    private final TenancyService tenancy;

    TenantController(AccessService access, TenancyService tenancy) {
        this.access = access;
        this.tenancy = tenancy;
    }

    record TenantRequest(
            @NotBlank @Size(max = 120) String name,
            @NotBlank String slug,
            @Nullable String plan,
            @NotNull @Valid Owner owner) {}

    /** @param name of the person; null: the e-mail address stands for it */
    record Owner(
            @NotBlank String email,
            @NotBlank String password,
            @Nullable @Size(max = 120) String name) {}

    /** What to change; what is absent stays. */
    record TenantChange(
            @Nullable @Size(min = 1, max = 120) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
            String name,

            @Nullable String plan,
            @Nullable TenantStatus status) {}

    record TenantResponse(UUID id, String slug, String name, String plan, TenantStatus status, Instant createdAt) {

        static TenantResponse of(Tenant tenant) {
            return new TenantResponse(
                    tenant.id().value(),
                    tenant.slug().value(),
                    tenant.name(),
                    tenant.plan(),
                    tenant.status(),
                    tenant.createdAt());
        }
    }

    @PostMapping
    ResponseEntity<TenantResponse> create(@Valid @RequestBody TenantRequest request) {
        EmailAddress email = Fields.email("owner.email", request.owner().email());
        String password = Fields.newPassword("owner.password", request.owner().password());
        String plan = request.plan() == null ? DEFAULT_PLAN : request.plan();
        NewTenant tenant = new NewTenant(request.name(), Fields.slug("slug", request.slug()), plan);
        String name = request.owner().name();
        TenantFounding founding = access.foundTenant(
                tenant, email, name == null || name.isBlank() ? email.value() : name.strip(), password);
        return switch (founding) {
            case TenantFounding.Founded(Tenant founded, var owner) ->
                ResponseEntity.created(URI.create("/api/v1/tenants/" + founded.id()))
                        .body(TenantResponse.of(founded));
            case TenantFounding.SlugTaken() ->
                throw ApiProblem.conflict("slug", "Another tenant has the slug " + request.slug() + ".");
            case TenantFounding.UnknownPlan() -> throw unknownPlan();
            case TenantFounding.OwnerExists() ->
                throw ApiProblem.conflict(
                        "owner.email",
                        "This address belongs to a user already; to make them the owner, give their own password.");
        };
    }

    @GetMapping
    Slice<TenantResponse> list(PageRequest page) {
        return tenancy.list(page).map(TenantResponse::of);
    }

    @GetMapping("/{id}")
    TenantResponse find(@PathVariable UUID id) {
        return TenantResponse.of(existing(id));
    }

    @PatchMapping("/{id}")
    TenantResponse change(@PathVariable UUID id, @Valid @RequestBody TenantChange change) {
        TenantId tenant = existing(id).id();
        if (change.plan() != null
                && tenancy.changePlan(tenant, change.plan()).orElseThrow() instanceof TenantCreation.UnknownPlan) {
            throw unknownPlan();
        }
        if (change.name() != null) {
            tenancy.rename(tenant, change.name());
        }
        if (change.status() != null) {
            tenancy.changeStatus(tenant, change.status());
        }
        return TenantResponse.of(existing(id));
    }

    @PostMapping("/{id}/suspend")
    TenantResponse suspend(@PathVariable UUID id) {
        return changeStatus(id, TenantStatus.SUSPENDED);
    }

    @PostMapping("/{id}/resume")
    TenantResponse resume(@PathVariable UUID id) {
        return changeStatus(id, TenantStatus.ACTIVE);
    }

    @PostMapping("/{id}/archive")
    TenantResponse archive(@PathVariable UUID id) {
        return changeStatus(id, TenantStatus.ARCHIVED);
    }

    private TenantResponse changeStatus(UUID id, TenantStatus status) {
        return tenancy.changeStatus(new TenantId(id), status)
                .map(TenantResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("tenant"));
    }

    private Tenant existing(UUID id) {
        return tenancy.find(new TenantId(id)).orElseThrow(() -> ApiProblem.notFound("tenant"));
    }

    private static ApiProblem unknownPlan() {
        return ApiProblem.invalid("plan", "is not a plan; GET /api/v1/plans lists them");
    }
}
