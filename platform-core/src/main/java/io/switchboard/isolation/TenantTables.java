package io.switchboard.isolation;

import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables that hold tenants' rows, as the running database names them. */
@Component
public class TenantTables {

    /** Written a moment after the fact, also about what was refused; what it holds says nothing of any tenant's data. */
    private static final String WRITTEN_LATER = "webhook_delivery";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    TenantTables(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Every table with a tenant, whether the runtime role may read it or not. */
    public List<String> names() {
        return jdbc.sql("""
                        select c.relname from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where n.nspname = 'public' and c.relkind in ('r', 'p')
                         order by 1
                        """).query(String.class).list();
    }

    List<String> readable() {
        return names().stream().filter(this::isReadable).toList();
    }

    private boolean isReadable(String table) {
        return jdbc.sql("select has_table_privilege(?::regclass, 'select')")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    /** A digest of a tenant's rows, by table, without the log of deliveries; two that are equal stand for the same rows. */
    public Map<String, String> digests(TenantId tenant) {
        return transactions.call(tenant, () -> {
            Map<String, String> digests = new TreeMap<>();
            for (String table : readable()) {
                if (table.equals(WRITTEN_LATER)) {
                    continue;
                }
                digests.put(table, digest(tenant, table));
            }
            return digests;
        });
    }

    /** How many rows a tenant has, by table. */
    public Map<String, Long> counts(TenantId tenant) {
        return transactions.call(tenant, () -> {
            Map<String, Long> counts = new TreeMap<>();
            for (String table : readable()) {
                counts.put(
                        table,
                        jdbc.sql("select count(*) from \"" + table + "\" where tenant_id = ?")
                                .param(tenant.value())
                                .query(Long.class)
                                .single());
            }
            return counts;
        });
    }

    private String digest(TenantId tenant, String table) {
        return jdbc.sql("select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from \"" + table
                        + "\" t where tenant_id = ?")
                .param(tenant.value())
                .query(String.class)
                .single();
    }
}
