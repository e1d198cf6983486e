package io.switchboard.isolation;

import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks PostgreSQL itself, as the runtime role in one tenant's transaction, for another tenant's rows: to read, change, delete, plant and
 * refer to them, with no condition of ours in the way. Everything is rolled back.
 */
@Component
public class TableProbe {

    private final TenantTables tables;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    TableProbe(TenantTables tables, TenantTransactions transactions, JdbcClient jdbc) {
        this.tables = tables;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    private record Reference(String child, String column, String type, String parent, String parentColumn) {}

    public Findings probe(TenantId mine, TenantId other) {
        Attempts attempts = new Attempts();
        List<String> names = tables.names();
        for (String table : names) {
            String quoted = "\"" + table + "\"";
            attempts.expectNone(table, "reads rows of another tenant", tried(mine, () -> count(quoted, mine)));
            attempts.expectNone(
                    table,
                    "changes rows of another tenant",
                    tried(mine, () -> update("update " + quoted + " set tenant_id = tenant_id", quoted, other)));
            attempts.expectNone(
                    table,
                    "deletes rows of another tenant",
                    tried(mine, () -> update("delete from " + quoted, quoted, other)));
            attempts.expectNone(table, "plants rows in another tenant", tried(mine, () -> plant(quoted, mine, other)));
            attempts.expectNone(table, "reads rows without a tenant", withoutTenant(quoted, mine));
        }
        for (Reference reference : references()) {
            parentOf(other, reference)
                    .ifPresent(parent -> attempts.expectNone(
                            reference.child(),
                            "refers to a row of another tenant in " + reference.parent(),
                            tried(mine, () -> refer(reference, parent, mine))));
        }
        attempts.expectNone("tenant", "reads another tenant's name", tried(mine, () -> tenantsBeside(mine)));
        attempts.expectNone("app_user", "reads another tenant's people", tried(mine, () -> people(mine)));
        return new Findings(names.size() + 2, attempts.count, attempts.leaks);
    }

    private int count(String table, TenantId mine) {
        return jdbc.sql("select count(*) from " + table + " where tenant_id <> ?")
                .param(mine.value())
                .query(Integer.class)
                .single();
    }

    private int update(String statement, String table, TenantId other) {
        return jdbc.sql(statement + " where tenant_id = ? and " + table + ".ctid is not null")
                .param(other.value())
                .update();
    }

    /** A row of mine, copied under the other's tenant; the wall must refuse it before any key does. */
    private int plant(String table, TenantId mine, TenantId other) {
        return jdbc.sql("insert into " + table + " select (jsonb_populate_record(null::" + table
                        + ", to_jsonb(t) || jsonb_build_object('tenant_id', ?::text))).* from " + table
                        + " t where tenant_id = ? limit 1")
                .params(other.value().toString(), mine.value())
                .update();
    }

    /** Right after a transaction of a tenant that was committed, most likely on the connection that it used. */
    private int withoutTenant(String table, TenantId before) {
        transactions.run(before, () -> jdbc.sql("select 1").query(Integer.class).single());
        try {
            return jdbc.sql("select count(*) from " + table)
                    .query(Integer.class)
                    .single();
        } catch (DataAccessException _) {
            return 0;
        }
    }

    private int refer(Reference reference, String parent, TenantId mine) {
        return jdbc.sql("update \"" + reference.child() + "\" set \"" + reference.column() + "\" = ?::"
                        + reference.type() + " where tenant_id = ?")
                .params(parent, mine.value())
                .update();
    }

    private int tenantsBeside(TenantId mine) {
        return jdbc.sql("select count(*) from tenant where id <> ?")
                .param(mine.value())
                .query(Integer.class)
                .single();
    }

    private int people(TenantId mine) {
        return jdbc.sql("""
                        select count(*) from app_user u
                         where not exists (select 1 from membership m where m.tenant_id = ? and m.user_id = u.id)
                        """).param(mine.value()).query(Integer.class).single();
    }

    private Optional<String> parentOf(TenantId other, Reference reference) {
        return transactions.call(other, () -> {
            try {
                return jdbc.sql("select \"" + reference.parentColumn() + "\"::text from \"" + reference.parent()
                                + "\" where tenant_id = ? limit 1")
                        .param(other.value())
                        .query(String.class)
                        .optional();
            } catch (DataAccessException _) {
                return Optional.empty();
            }
        });
    }

    /** Foreign keys between tenants' tables, with the column that names the row. */
    private List<Reference> references() {
        return jdbc.sql("""
                        select f.conrelid::regclass::text as child, ca.attname as column, format_type(ca.atttypid, ca.atttypmod) as type,
                               f.confrelid::regclass::text as parent, pa.attname as parent_column
                          from pg_constraint f
                          cross join lateral unnest(f.conkey, f.confkey) as k(child_key, parent_key)
                          join pg_attribute ca on ca.attrelid = f.conrelid and ca.attnum = k.child_key
                          join pg_attribute pa on pa.attrelid = f.confrelid and pa.attnum = k.parent_key
                         where f.contype = 'f' and ca.attname <> 'tenant_id'
                           and exists (select 1 from pg_attribute t where t.attrelid = f.conrelid and t.attname = 'tenant_id')
                           and exists (select 1 from pg_attribute t where t.attrelid = f.confrelid and t.attname = 'tenant_id')
                         order by 1, 2
                        """)
                .query((row, number) -> new Reference(
                        row.getString("child"),
                        row.getString("column"),
                        row.getString("type"),
                        row.getString("parent"),
                        row.getString("parent_column")))
                .list();
    }

    /** Rows that a statement reached before it was undone; none where PostgreSQL refused it. */
    private int tried(TenantId tenant, IntSupplier statement) {
        try {
            transactions.run(tenant, () -> {
                throw new Undone(statement.getAsInt());
            });
            throw new IllegalStateException("an attempt was not undone");
        } catch (Undone undone) {
            return undone.rows;
        } catch (DataAccessException _) {
            return 0;
        }
    }

    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int rows;

        private Undone(int rows) {
            super("undone", null, false, false);
            this.rows = rows;
        }
    }

    private static final class Attempts {

        private final List<Leak> leaks = new ArrayList<>();
        private int count;

        private void expectNone(String table, String what, int rows) {
            count++;
            if (rows > 0) {
                leaks.add(new Leak("table " + table, what + " (" + rows + ")"));
            }
        }
    }

    /** Tables in which a tenant has no row, so that there is nothing to steal from. */
    public List<String> empty(TenantId tenant) {
        return tables.counts(tenant).entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }
}
