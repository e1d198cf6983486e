package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.privacy.TenantErasing;
import io.switchboard.privacy.TenantErasure;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The end of a tenant. */
@RestController
@RequestMapping("/api/v1/tenants/{id}")
@OperatorOnly
class TenantErasureController {

    private final TenancyService tenancy;
    private final TenantErasure erasure;

    TenantErasureController(TenancyService tenancy, TenantErasure erasure) {
        this.tenancy = tenancy;
        this.erasure = erasure;
    }

    /** @param slug of the tenant, typed again, since this cannot be taken back */
    record EraseRequest(@NotBlank String slug) {}

    /** Removes everything of a suspended or archived tenant. */
    @PostMapping("/erase")
    ReceiptResponse erase(Caller caller, @PathVariable UUID id, @Valid @RequestBody EraseRequest request) {
        Tenant tenant = tenancy.find(new TenantId(id)).orElseThrow(() -> ApiProblem.notFound("tenant"));
        if (!tenant.slug().value().equals(request.slug())) {
            throw ApiProblem.invalid("slug", "is not the slug of this tenant");
        }
        return switch (erasure.erase(tenant.id(), caller.actor())) {
            case TenantErasing.Erased(var receipt) -> ReceiptResponse.of(receipt);
            case TenantErasing.Active() ->
                throw ApiProblem.of(HttpStatus.CONFLICT, "The tenant is active; suspend it before it is erased.");
            case TenantErasing.UnknownTenant() -> throw ApiProblem.notFound("tenant");
        };
    }

    /** What was erased of a tenant, newest first. */
    @GetMapping("/erasures")
    Slice<ReceiptResponse> erasures(@PathVariable UUID id, PageRequest page) {
        Tenant tenant = tenancy.find(new TenantId(id)).orElseThrow(() -> ApiProblem.notFound("tenant"));
        return erasure.receipts(tenant.id(), page).map(ReceiptResponse::of);
    }
}
