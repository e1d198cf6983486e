package io.switchboard.tenancy;

import io.switchboard.database.SystemDatabase;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to start on a database in which one tenant could see another's rows. */
@Component
class WallCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(WallCheck.class);

    /** Tables that map a public key to a tenant, read by the system role before the tenant is known. */
    static final Set<String> ROUTING_TABLES = Set.of("channel_route");

    private final JdbcClient runtime;
    private final SystemDatabase system;

    WallCheck(DataSource runtime, SystemDatabase system) {
        this.runtime = JdbcClient.create(runtime);
        this.system = system;
    }

    @Override
    public void afterSingletonsInstantiated() {
        refuseStrongRole(runtime);
        refuseStrongRole(system.jdbc());
        List<String> open = tablesWithoutWall();
        if (!open.isEmpty()) {
            throw new IllegalStateException("row-level security is not forced on " + open + "; refusing to start");
        }
        LOG.info("Tenant wall checked: {} tables", walledTables());
    }

    private static void refuseStrongRole(JdbcClient jdbc) {
        String role = jdbc.sql("select current_user").query(String.class).single();
        boolean strong = jdbc.sql("""
                        select rolsuper or rolbypassrls or exists (
                          select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                           where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member'))
                          from pg_roles r where rolname = current_user
                        """).query(Boolean.class).single();
        if (strong) {
            throw new IllegalStateException(
                    "database role " + role
                            + " is superuser, bypasses row-level security or owns tables; it could see every tenant; refusing to start");
        }
    }

    private List<String> tablesWithoutWall() {
        return tenantTables("not (c.relrowsecurity and c.relforcerowsecurity)").stream()
                .filter(table -> !ROUTING_TABLES.contains(table))
                .toList();
    }

    private int walledTables() {
        return tenantTables("c.relforcerowsecurity").size();
    }

    private List<String> tenantTables(String condition) {
        return runtime.sql("""
                        select c.relname from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where n.nspname = 'public' and c.relkind in ('r', 'p') and\s""" + condition + " order by 1").query(String.class).list();
    }
}
