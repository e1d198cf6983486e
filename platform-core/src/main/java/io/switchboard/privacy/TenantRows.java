package io.switchboard.privacy;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables in which a tenant has rows, and the jobs that are planned for it. */
@Component
class TenantRows {

    private static final int PORTION = 10_000;

    /** Append-only for the role that serves tenants; the policy lets it go when its tenant goes. */
    private static final String AUDIT = "audit_entry";

    /** Closed to the role that serves tenants; its rows go with their channels. */
    private static final String ROUTES = "channel_route";

    /** They hold counts, and are all that can be shown afterwards. */
    private static final String RECEIPTS = "erasure_receipt";

    /** The only table without a tenant: a job names its tenant in the name of its instance. */
    private static final String JOBS_OF_TENANT = " from scheduled_tasks where task_instance like ? || '/%'";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final SystemDatabase system;

    TenantRows(TenantTransactions transactions, JdbcClient jdbc, SystemDatabase system) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.system = system;
    }

    /** Jobs first, as they make rows; then what refers to others before what it refers to. Receipts are not among them. */
    List<TenantStore> of(TenantId tenant) {
        List<TenantStore> stores = new ArrayList<>();
        stores.add(new TenantStore("jobs", () -> removeJobs(tenant), () -> countJobs(tenant)));
        for (DataRule rule : DataRule.ALL) {
            String table = rule.table();
            switch (table) {
                case RECEIPTS -> {}
                case AUDIT -> stores.add(new TenantStore(table, () -> removeAudit(tenant), () -> count(tenant, table)));
                case ROUTES -> stores.add(new TenantStore(table, () -> countRoutes(tenant), () -> countRoutes(tenant)));
                default ->
                    stores.add(new TenantStore(table, () -> removeRows(tenant, table), () -> count(tenant, table)));
            }
        }
        return stores;
    }

    private long removeJobs(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("delete" + JOBS_OF_TENANT)
                        .param(tenant.toString())
                        .update());
    }

    private long countJobs(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*)" + JOBS_OF_TENANT)
                        .param(tenant.toString())
                        .query(Long.class)
                        .single());
    }

    private long removeAudit(TenantId tenant) {
        return system.jdbc()
                .sql("delete from audit_entry where tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    private long countRoutes(TenantId tenant) {
        return system.jdbc()
                .sql("select count(*) from channel_route where tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** In portions, each a transaction of its own. */
    private long removeRows(TenantId tenant, String table) {
        long removed = 0;
        int portion;
        do {
            portion = transactions.call(
                    tenant,
                    () -> jdbc.sql("delete from " + table
                                    + " where tenant_id = :tenant and ctid = any(array(select ctid from " + table
                                    + " where tenant_id = :tenant limit :portion))")
                            .param("tenant", tenant.value())
                            .param("portion", PORTION)
                            .update());
            removed += portion;
        } while (portion == PORTION);
        return removed;
    }

    private long count(TenantId tenant, String table) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                        .param(tenant.value())
                        .query(Long.class)
                        .single());
    }
}
