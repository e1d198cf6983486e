package io.switchboard.tenancy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from PostgreSQL's catalog whether the wall stands: what is found is told in sentences, nothing found means that it does. */
final class WallInspection {

    /** Tables that map a public key to a tenant, read by the system role before the tenant is known; their keys are the public ones. */
    static final Set<String> ROUTING_TABLES = Set.of("channel_route");

    /** Functions that run with their owner's rights, and why that is no hole. */
    static final Map<String, String> TRUSTED_FUNCTIONS = Map.of();

    /** Tables to which rows are only ever added. */
    static final Set<String> APPEND_ONLY = Set.of("audit_entry");

    private static final String TENANT_TABLES = """
            with tenant_table as (
              select c.* from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
               where n.nspname in ('public', 'chunk_index') and c.relkind in ('r', 'p'))
            """;

    private static final String POLICY =
            "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";

    private final JdbcClient jdbc;
    private final List<String> holes = new ArrayList<>();

    private WallInspection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param runtime as the runtime role
     * @param system as the system role
     */
    static List<String> holes(JdbcClient runtime, JdbcClient system) {
        WallInspection inspection = new WallInspection(runtime);
        inspection.role(runtime);
        inspection.role(system);
        inspection.tables();
        inspection.policies();
        inspection.keys();
        inspection.sideDoors();
        inspection.grants();
        return inspection.holes;
    }

    static int tables(JdbcClient jdbc) {
        return jdbc.sql(TENANT_TABLES + "select count(*) from tenant_table")
                .query(Integer.class)
                .single();
    }

    private void role(JdbcClient who) {
        String role = who.sql("select current_user").query(String.class).single();
        look(who, "database role " + role + " ", """
                select p.what from pg_roles r
                  cross join lateral (values
                    (r.rolsuper, 'is a superuser'), (r.rolbypassrls, 'bypasses row-level security'),
                    (r.rolcreaterole, 'may make roles'),
                    (exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                              where n.nspname in ('public', 'chunk_index') and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')),
                     'owns tables, or may become their owner'),
                    (exists (select 1 from pg_roles s where (s.rolsuper or s.rolbypassrls) and s.oid <> r.oid
                                and pg_has_role(r.oid, s.oid, 'member')), 'may become a role that is stronger')) p(bad, what)
                 where r.rolname = current_user and p.bad
                """);
    }

    private void tables() {
        look("row-level security is not forced on table ", TENANT_TABLES + """
                select relname from tenant_table where not (relrowsecurity and relforcerowsecurity) order by 1
                """);
        look("no policy keeps tenants apart on table ", TENANT_TABLES + """
                select relname from tenant_table t
                 where not exists (select 1 from pg_policy p where p.polrelid = t.oid) order by 1
                """);
    }

    /** Whatever lets the runtime role, or everybody, see a row must ask for the tenant. */
    private void policies() {
        look("a policy lets others in: ", TENANT_TABLES + """
                select t.relname || '.' || p.polname from tenant_table t join pg_policy p on p.polrelid = t.oid
                 where p.polpermissive
                   and (0 = any (p.polroles) or exists (
                          select 1 from unnest(p.polroles) g where g <> 0 and pg_has_role(current_user, g, 'member')))
                   and (coalesce(pg_get_expr(p.polqual, p.polrelid), '%1$s') <> '%1$s'
                     or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '%1$s') <> '%1$s')
                 order by 1
                """.formatted(POLICY.replace("'", "''")));
    }

    private void keys() {
        holes.addAll(jdbc.sql(TENANT_TABLES + """
                select 'unique key does not begin with the tenant: ' || t.relname || '.' || i.relname
                  from tenant_table t
                  join pg_index x on x.indrelid = t.oid
                  join pg_class i on i.oid = x.indexrelid
                  join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
                 where x.indisunique and x.indkey[0] <> a.attnum and not t.relname = any (:routing)
                 order by 1
                """)
                .param("routing", ROUTING_TABLES.toArray(String[]::new))
                .query(String.class)
                .list());
        look("table without a primary key: ", TENANT_TABLES + """
                select relname from tenant_table t
                 where not exists (select 1 from pg_index x where x.indrelid = t.oid and x.indisprimary) order by 1
                """);
        look("foreign key does not carry the tenant: ", TENANT_TABLES + """
                select t.relname || '.' || f.conname
                  from tenant_table t
                  join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'
                  join tenant_table parent on parent.oid = f.confrelid
                 where not exists (
                   select 1 from unnest(f.conkey, f.confkey) k(mine, theirs)
                     join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.mine and a.attname = 'tenant_id'
                     join pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.theirs and b.attname = 'tenant_id')
                 order by 1
                """);
    }

    /** Views, functions and copies see with the eyes of their owner. */
    private void sideDoors() {
        look("view without security_invoker: ", """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('public', 'chunk_index') and c.relkind = 'v'
                   and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)
                 order by 1
                """);
        look("materialised view, which no policy guards: ", """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('public', 'chunk_index') and c.relkind = 'm' order by 1
                """);
        look("table inherits past the wall: ", TENANT_TABLES + """
                select c.relname from pg_inherits i
                  join tenant_table parent on parent.oid = i.inhparent
                  join pg_class c on c.oid = i.inhrelid
                 where not (c.relrowsecurity and c.relforcerowsecurity) order by 1
                """);
        holes.addAll(jdbc.sql("""
                select 'function runs with its owner''s rights: ' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                 where n.nspname in ('public', 'chunk_index') and p.prosecdef and not p.proname = any (:trusted) order by 1
                """)
                .param("trusted", TRUSTED_FUNCTIONS.keySet().toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Truncating asks no policy; references and triggers would let a role act with another's rights. */
    private void grants() {
        look("the runtime role may do too much: ", TENANT_TABLES + """
                select g.privilege || ' on ' || t.relname
                  from tenant_table t cross join (values ('TRUNCATE'), ('TRIGGER'), ('REFERENCES')) g(privilege)
                 where has_table_privilege(t.oid, g.privilege) order by 1
                """);
        holes.addAll(jdbc.sql("""
                select 'what was written down can be changed: ' || g.privilege || ' on ' || t.name
                  from unnest(:appendOnly::text[]) t(name) cross join (values ('UPDATE'), ('DELETE')) g(privilege)
                 where has_table_privilege(t.name, g.privilege)
                    or (g.privilege = 'UPDATE' and has_any_column_privilege(t.name, 'UPDATE'))
                 order by 1
                """)
                .param("appendOnly", APPEND_ONLY.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    private void look(String sentence, String sql) {
        look(jdbc, sentence, sql);
    }

    private void look(JdbcClient who, String sentence, String sql) {
        who.sql(sql).query(String.class).list().forEach(name -> holes.add(sentence + name));
    }
}
