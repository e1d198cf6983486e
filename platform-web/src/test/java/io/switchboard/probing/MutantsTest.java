package io.switchboard.probing;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import io.switchboard.access.ApiKeyService;
import io.switchboard.isolation.Leak;
import io.switchboard.isolation.TenantTables;
import io.switchboard.tenancy.WallCheck;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Breaks the walls one after the other in the running program, and asks the probes whether they notice. A mutant that no probe notices
 * survives, and fails this test: then the probe could not be believed about the program as it is either.
 *
 * <p>Checklist: ASVS 8.4.1, wall in the database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
@TestPropertySource(
        properties = {
            // Its probes sign in wrongly and deliver unsigned more often than anybody may.
            "switchboard.limits.failed-sign-ins=1000000",
            "switchboard.limits.bad-deliveries=1000000"
        })
class MutantsTest extends WebTest {

    private static final String POLICY = "(tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)";

    private static final String GUARD = "io.switchboard.access.PermissionGuard";

    /** Tables whose rows an endpoint hands out by their id. */
    private static final List<String> REACHED_BY_ID =
            List.of("knowledge_base", "document", "bot", "channel", "conversation", "reply", "api_key");

    private final List<String> killed = new ArrayList<>();
    private final List<String> survivors = new ArrayList<>();

    @Autowired
    WorldMaker worlds;

    @Autowired
    WallProbe wall;

    @Autowired
    WallCheck wallCheck;

    @Autowired
    Endpoints endpoints;

    @Autowired
    TenantTables tables;

    @Autowired
    ApiKeyService keys;

    @Autowired
    ApplicationContext context;

    @Autowired
    SpringLiquibase owner;

    @Test
    void kills_every_mutant() throws Exception {
        World mine = worlds.make('a');
        World other = worlds.make('b');
        assertThat(wallCheck.holes()).isEmpty();
        assertThat(leaks(mine, other)).isEmpty();

        walls(mine, other);
        schema();
        code(mine, other);
        bothWalls();

        assertThat(wallCheck.holes()).as("every mutant was undone").isEmpty();
        assertThat(throughEndpoints()).as("nothing but the mutants was noticed").isEmpty();
        assertThat(survivors).isEmpty();
        assertThat(killed).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    }

    @AfterAll
    void tell() throws IOException {
        int all = killed.size() + survivors.size();
        TwoWorldsTest.Verdicts.print("mutants", all + " mutants, " + killed.size() + " killed");
    }

    /** The wall of each table, taken down or made lower; PostgreSQL is asked for the rows behind it. */
    private void walls(World mine, World other) throws SQLException {
        for (String table : tables.names()) {
            String policy = text("select polname from pg_policy where polrelid = '" + table
                    + "'::regclass and polname <> 'system_door' and polcmd in ('*', 'a')");
            boolean readable = !table.equals("channel_route");
            database(
                    "row-level security off on " + table,
                    "alter table " + table + " disable row level security",
                    "alter table " + table + " enable row level security",
                    () -> noticed(mine, other));
            database(
                    "row-level security not forced on the owner of " + table,
                    "alter table " + table + " no force row level security",
                    "alter table " + table + " force row level security",
                    wallCheck::holes);
            if (readable) {
                database(
                        "policy of " + table + " lets everything through",
                        "alter policy " + policy + " on " + table + " using (true) with check (true)",
                        "alter policy " + policy + " on " + table + " using " + POLICY + " with check " + POLICY,
                        () -> noticed(mine, other));
            }
        }
    }

    /** Mistakes of a change of the schema; the check at the start must refuse each. */
    private void schema() throws SQLException {
        String runtime = text(
                "select grantee from information_schema.role_table_grants where table_name = 'bot' and privilege_type = 'INSERT' and grantee like '%runtime'");
        database(
                "a table without a wall",
                "create table leaky (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id))",
                "drop table leaky",
                wallCheck::holes);
        database(
                "a second, generous policy",
                "create policy generous on document for select using (true)",
                "drop policy generous on document",
                wallCheck::holes);
        database(
                "a key without the tenant",
                "create unique index leaky on bot (id)",
                "drop index leaky",
                wallCheck::holes);
        database(
                "a foreign key without the tenant",
                "create unique index leaky on bot (id); alter table channel add constraint leaky foreign key (bot_id) references bot (id)",
                "alter table channel drop constraint leaky; drop index leaky",
                wallCheck::holes);
        database(
                "a view with its owner's eyes",
                "create view leaky as select * from chunk",
                "drop view leaky",
                wallCheck::holes);
        database(
                "a materialised view",
                "create materialized view leaky as select * from chunk",
                "drop materialized view leaky",
                wallCheck::holes);
        database(
                "a function with its owner's rights",
                "create function leaky() returns bigint language sql security definer as 'select count(*) from chunk'",
                "drop function leaky()",
                wallCheck::holes);
        database(
                "the runtime role may truncate",
                "grant truncate on chunk to \"" + runtime + "\"",
                "revoke truncate on chunk from \"" + runtime + "\"",
                wallCheck::holes);
        database(
                "the audit can be rewritten",
                "grant update on audit_entry to \"" + runtime + "\"",
                "revoke update on audit_entry from \"" + runtime + "\"",
                wallCheck::holes);
        database(
                "the audit can be deleted from",
                "grant delete on audit_entry to \"" + runtime + "\"",
                "revoke delete on audit_entry from \"" + runtime + "\"",
                wallCheck::holes);
    }

    /** Checks taken out of our code. */
    private void code(World mine, World other) {
        String interceptor = "io.switchboard.security.AccessInterceptor";
        Supplier<List<?>> roles = () -> roles(mine);
        behindServices(
                "permissions are not checked", interceptor, "requirePermission", CodeMutation.DoesNothing.class, roles);
        behindServices(
                "permissions are checked for too little",
                interceptor,
                "requirePermission",
                CodeMutation.AsksForLess.class,
                roles);
        behindServices("@Requires taken off a handler", interceptor, "find", CodeMutation.LosesAnnotation.class, roles);
        behindServices(
                "what endpoints declare is not read", interceptor, "preHandle", CodeMutation.SaysYes.class, roles);
        behindServices(
                "X-Tenant is believed",
                "io.switchboard.security.Callers",
                "named",
                CodeMutation.SaysYes.class,
                this::throughEndpoints);
        code(
                "services do not check permissions",
                GUARD,
                "require",
                CodeMutation.DoesNothing.class,
                () -> services(mine, other));
        code(
                "signatures are not checked",
                "io.switchboard.whatsapp.meta.MetaSignature",
                "matches",
                CodeMutation.SaysYes.class,
                this::throughEndpoints);
        code(
                "transactions do not name their tenant",
                "io.switchboard.tenancy.TenantWall",
                "afterBegin",
                CodeMutation.DoesNothing.class,
                () -> brokenWithoutTenant());
        sql(
                "the tenant outlives its transaction",
                sql -> sql.replace("set_config('app.tenant', ?, true)", "set_config('app.tenant', ?, false)"),
                () -> leaks(mine, other));
    }

    /** One check of ours removed is caught by PostgreSQL; with PostgreSQL's wall down as well, the endpoint must be seen to leak. */
    private void bothWalls() throws SQLException {
        for (String table : REACHED_BY_ID) {
            // With neither wall, whoever makes a world may trip over another's rows.
            World mine = worlds.make('a');
            World other = worlds.make('b');
            try (Connection connection = owner.getDataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("alter table " + table + " disable row level security");
                try {
                    sql(
                            "no wall and no condition on " + table,
                            SqlMutation.withoutConditionOn(table),
                            () -> throughEndpoints(mine, other));
                } finally {
                    statement.execute("alter table " + table + " enable row level security");
                }
            }
        }
    }

    /** By rows that come through, or, where a world has none in the table, by the catalog. */
    private List<?> noticed(World mine, World other) {
        List<Leak> leaks = leaks(mine, other);
        return leaks.isEmpty() ? wallCheck.holes() : leaks;
    }

    private List<Leak> leaks(World mine, World other) {
        return wall.tables(mine, other).leaks();
    }

    /** New worlds, as a probe of the endpoints uses its world up; they are made while the mutant lives. */
    private List<Leak> throughEndpoints() {
        return throughEndpoints(worlds.make('a'), worlds.make('b'));
    }

    private List<Leak> throughEndpoints(World mine, World other) {
        String stranger = worlds.token(access.ensureOperator(address("stranger"), PASSWORD));
        return wall.firstLeaks(address(), mine, other, stranger);
    }

    private List<String> services(World mine, World other) {
        return new ServiceProbe(context, mine, other, access, keys, worlds).differences();
    }

    private List<String> roles(World world) {
        return new RoleProbe(endpoints, address(), world, access, keys, worlds).firstDifferences();
    }

    /** Without a tenant PostgreSQL shows nothing, so that nothing works; a world cannot even be made. */
    private List<?> brokenWithoutTenant() {
        try {
            return throughEndpoints();
        } catch (RuntimeException refused) {
            return List.of(refused);
        }
    }

    private void database(String mutant, String mutate, String undo, Supplier<? extends List<?>> probe)
            throws SQLException {
        try (Connection connection = owner.getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(mutate);
            try {
                judge(mutant, probe);
            } finally {
                statement.execute(undo);
            }
        }
    }

    private void code(String mutant, String type, String method, Class<?> advice, Supplier<? extends List<?>> probe) {
        try (CodeMutation _ = CodeMutation.weave(type, named(method), advice)) {
            judge(mutant, probe);
        }
    }

    /** As {@link #code}, with the guard of the services out of the way, which would refuse what the mutant lets in. */
    private void behindServices(
            String mutant, String type, String method, Class<?> advice, Supplier<? extends List<?>> probe) {
        try (CodeMutation _ = CodeMutation.weave(GUARD, named("require"), CodeMutation.DoesNothing.class)) {
            code(mutant, type, method, advice, probe);
        }
    }

    private void sql(
            String mutant, java.util.function.UnaryOperator<String> rewrite, Supplier<? extends List<?>> probe) {
        SqlMutation.rewrite = rewrite;
        try (CodeMutation _ = CodeMutation.weave(
                "org.postgresql.jdbc.PgConnection",
                named("prepareStatement").and(takesArgument(0, String.class)),
                SqlMutation.OnPrepare.class)) {
            judge(mutant, probe);
        } finally {
            SqlMutation.rewrite = java.util.function.UnaryOperator.identity();
        }
    }

    private void judge(String mutant, Supplier<? extends List<?>> probe) {
        (probe.get().isEmpty() ? survivors : killed).add(mutant);
    }

    private URI address() {
        return URI.create("http://localhost:" + port);
    }

    private String text(String query) throws SQLException {
        try (Connection connection = owner.getDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
