package io.switchboard.privacy;

import io.switchboard.access.FormerMembers;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ContentKeeping;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.privacy.ErasureReceipt.Subject;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.retrieval.RecentVectors;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Removes a whole tenant: every row, every file, its index, its people. In portions, so that a tenant of any size can go; one that was
 * begun is finished by asking again.
 */
@Service
public class TenantErasure {

    private static final Logger LOG = LoggerFactory.getLogger(TenantErasure.class);
    private static final int PORTION = 10_000;

    /** All but the receipts, which hold counts and are all that can be shown afterwards. */
    private static final List<DataRule> GOING = DataRule.ALL.stream()
            .filter(rule -> !rule.table().equals("erasure_receipt"))
            .toList();

    /** Append-only for the role that serves tenants; the policy lets it go when its tenant goes. */
    private static final String AUDIT = "audit_entry";

    /** Closed to the role that serves tenants; its rows go with their channels. */
    private static final String ROUTES = "channel_route";

    /** What was under way when the tenant was suspended may still write a row or two. */
    private static final int ROUNDS = 3;

    private final TenancyService tenancy;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final SystemDatabase system;
    private final ContentKeeping content;
    private final IndexingService index;
    private final RecentVectors vectors;
    private final FormerMembers members;
    private final Receipts receipts;
    private final AuditService audit;

    TenantErasure(
            TenancyService tenancy,
            TenantTransactions transactions,
            JdbcClient jdbc,
            SystemDatabase system,
            ContentKeeping content,
            IndexingService index,
            RecentVectors vectors,
            FormerMembers members,
            Receipts receipts,
            AuditService audit) {
        this.tenancy = tenancy;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.system = system;
        this.content = content;
        this.index = index;
        this.vectors = vectors;
        this.members = members;
        this.receipts = receipts;
        this.audit = audit;
    }

    /** Cannot be taken back. What stays is an empty shell with the tenant's id, and the receipt. */
    public TenantErasing erase(TenantId tenant, Actor actor) {
        if (tenancy.find(tenant).isEmpty()) {
            return new TenantErasing.UnknownTenant();
        }
        if (!tenancy.beginErasure(tenant)) {
            return new TenantErasing.Active();
        }
        Map<String, Long> removed = new LinkedHashMap<>();
        removed.put("people", members.eraseOf(tenant));
        removed.put("jobs", transactions.call(tenant, () -> (long) jobs(tenant, "delete")));
        for (int round = 1; round <= ROUNDS && (round == 1 || anythingLeft(tenant)); round++) {
            removeRows(tenant, removed);
        }
        removed.merge("files", removeFiles(tenant), Long::sum);
        removed.merge("index", index.erase(tenant), Long::sum);
        vectors.forget(tenant);
        ErasureReceipt receipt = transactions.call(tenant, () -> {
            receipts.forgetActors(tenant);
            return receipts.write(tenant, actor, Subject.TENANT, tenant.value(), lookAgain(tenant, removed));
        });
        tenancy.finishErasure(tenant);
        audit.recordForOperators("erased", "tenant", tenant.value(), "receipt " + receipt.id());
        LOG.info("Tenant {} erased: {} things removed, complete: {}", tenant, receipt.total(), receipt.complete());
        return new TenantErasing.Erased(receipt);
    }

    private int jobs(TenantId tenant, String verb) {
        String sql = " from scheduled_tasks where task_instance like ? || '/%'";
        return verb.equals("delete")
                ? jdbc.sql("delete" + sql).param(tenant.toString()).update()
                : jdbc.sql("select count(*)" + sql)
                        .param(tenant.toString())
                        .query(Integer.class)
                        .single();
    }

    private void removeRows(TenantId tenant, Map<String, Long> removed) {
        for (DataRule rule : GOING) {
            if (rule.table().equals(ROUTES)) {
                removed.merge(ROUTES, routes(tenant), Long::max);
                continue;
            }
            if (rule.table().equals(AUDIT)) {
                removed.merge(AUDIT, removeAudit(tenant), Long::sum);
                continue;
            }
            int portion;
            do {
                portion = transactions.call(tenant, () -> removePortion(tenant, rule));
                removed.merge(rule.table(), (long) portion, Long::sum);
            } while (portion == PORTION);
        }
    }

    private long removeAudit(TenantId tenant) {
        return system.jdbc()
                .sql("delete from audit_entry where tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    private long routes(TenantId tenant) {
        return system.jdbc()
                .sql("select count(*) from channel_route where tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    private int removePortion(TenantId tenant, DataRule rule) {
        return jdbc.sql("delete from " + rule.table()
                        + " where tenant_id = :tenant and ctid = any(array(select ctid from " + rule.table()
                        + " where tenant_id = :tenant limit :portion))")
                .param("tenant", tenant.value())
                .param("portion", PORTION)
                .update();
    }

    private boolean anythingLeft(TenantId tenant) {
        return transactions.call(tenant, () -> GOING.stream().anyMatch(rule -> left(tenant, rule.table()) > 0));
    }

    private long left(TenantId tenant, String table) {
        return table.equals(ROUTES)
                ? routes(tenant)
                : jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                        .param(tenant.value())
                        .query(Long.class)
                        .single();
    }

    private long removeFiles(TenantId tenant) {
        try {
            return content.removeAll(tenant);
        } catch (IOException e) {
            throw new UncheckedIOException("files of tenant " + tenant + " cannot be removed; ask again", e);
        }
    }

    private List<Removed> lookAgain(TenantId tenant, Map<String, Long> removed) {
        List<Removed> list = new ArrayList<>();
        removed.forEach((store, count) -> list.add(new Removed(store, count, leftIn(tenant, store))));
        return list;
    }

    private long leftIn(TenantId tenant, String store) {
        return switch (store) {
            case "people" -> 0;
            case "jobs" -> jobs(tenant, "count");
            case "files" -> removeFiles(tenant);
            case "index" -> index.size(tenant);
            default -> left(tenant, store);
        };
    }
}
