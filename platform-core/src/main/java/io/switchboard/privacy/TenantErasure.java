package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.privacy.ErasureReceipt.Subject;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Removes a whole tenant: every row, every file, its index, its people. In portions, so that a tenant of any size can go; one that was
 * begun is finished by asking again.
 */
@Service
public class TenantErasure {

    private static final Logger LOG = LoggerFactory.getLogger(TenantErasure.class);

    /** What was under way when the tenant was suspended may still write a row or two. */
    private static final int ROUNDS = 3;

    private final TenancyService tenancy;
    private final TenantStores stores;
    private final TenantTransactions transactions;
    private final Receipts receipts;
    private final AuditService audit;

    TenantErasure(
            TenancyService tenancy,
            TenantStores stores,
            TenantTransactions transactions,
            Receipts receipts,
            AuditService audit) {
        this.tenancy = tenancy;
        this.stores = stores;
        this.transactions = transactions;
        this.receipts = receipts;
        this.audit = audit;
    }

    /** Cannot be taken back. What stays is an empty shell with the tenant's id, and the receipt. */
    @OperatorOnly
    public TenantErasing erase(TenantId tenant, Actor actor) {
        if (tenancy.find(tenant).isEmpty()) {
            return new TenantErasing.UnknownTenant();
        }
        if (!tenancy.beginErasure(tenant)) {
            return new TenantErasing.Active();
        }
        List<TenantStore> places = stores.of(tenant);
        Map<TenantStore, Long> removed = new HashMap<>();
        int rounds = 0;
        do {
            places.forEach(place -> removed.merge(place, place.empty(), Long::sum));
            rounds++;
        } while (rounds < ROUNDS && places.stream().anyMatch(place -> place.left() > 0));
        ErasureReceipt receipt = transactions.call(tenant, () -> {
            receipts.forgetActors(tenant);
            List<Removed> found = places.stream()
                    .map(place -> new Removed(place.name(), removed.getOrDefault(place, 0L), place.left()))
                    .toList();
            return receipts.write(tenant, actor, Subject.TENANT, tenant.value(), found);
        });
        tenancy.finishErasure(tenant);
        audit.recordForOperators(actor, audit.here(), "erased", "tenant", tenant.value(), "receipt " + receipt.id());
        LOG.info("Tenant {} erased: {} things removed, complete: {}", tenant, receipt.total(), receipt.complete());
        return new TenantErasing.Erased(receipt);
    }

    /** Receipts of what was erased of a tenant and its people, newest first. */
    @OperatorOnly
    public Slice<ErasureReceipt> receipts(TenantId tenant, PageRequest page) {
        return transactions.call(tenant, () -> receipts.list(tenant, page));
    }
}
