package io.switchboard.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.database.SystemDatabase;
import io.switchboardtest.SwitchboardTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/**
 * The check at the start, on a database in which something was done wrong.
 *
 * <p>Checklist: wall in the database.
 */
@SwitchboardTest
@DirtiesContext
class WallCheckTest {

    @Autowired
    WallCheck check;

    @Autowired
    SpringLiquibase owner;

    @Autowired
    SystemDatabase system;

    @Test
    void finds_nothing_wrong_with_our_schema() {
        assertThat(check.holes()).isEmpty();
        check.afterSingletonsInstantiated();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alter table chunk disable row level security | alter table chunk enable row level security | not forced on table chunk",
                "alter table chunk no force row level security | alter table chunk force row level security | not forced on table chunk",
                "create policy open on chunk using (true) | drop policy open on chunk | chunk.open",
                "create policy open on chunk for insert with check (true) | drop policy open on chunk | chunk.open",
                "create unique index open on chunk (id) | drop index open | chunk.open",
                "create view open as select * from chunk | drop view open | view without security_invoker: open",
                "create materialized view open as select 1 as one | drop materialized view open | open",
                "create function open() returns int language sql security definer as 'select 1' | drop function open() | open",
                "create table open (tenant_id uuid, id uuid) | drop table open | table open",
                "create table part () inherits (chunk) | drop table part | part"
            })
    void refuses_to_start_and_says_what_is_wrong(String mistake, String undo, String told) throws SQLException {
        execute(mistake);
        try {
            assertThatThrownBy(check::afterSingletonsInstantiated)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refusing to start")
                    .hasMessageContaining(told);
        } finally {
            execute(undo);
        }
        assertThat(check.holes()).isEmpty();
    }

    @Test
    void lets_views_through_that_see_with_the_eyes_of_who_asks() throws SQLException {
        execute("create view allowed with (security_invoker = true) as select * from chunk");
        try {
            assertThat(check.holes()).isEmpty();
        } finally {
            execute("drop view allowed");
        }
    }

    /** A table that the system role may read is a decision; this is the list of them, with the columns. */
    @Test
    void opens_to_the_system_role_no_more_than_what_routing_and_scheduling_need() {
        List<String> columns = system.jdbc().sql("""
                        select c.relname || '.' || a.attname from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
                          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                         where n.nspname = 'public' and c.relkind in ('r', 'p')
                           and has_column_privilege(c.oid, a.attnum, 'select')
                           and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
                         order by 1
                        """).query(String.class).list();

        assertThat(columns)
                .as("texts of tenants that the system role can read")
                .containsExactlyInAnyOrder(
                        "api_key.hash", // to find the key that a request carries
                        "api_key.name",
                        "api_key.prefix",
                        "api_key.role",
                        "channel_route.external_id", // to find the channel that a webhook names
                        "channel_route.key",
                        "channel_route.provider",
                        "channel_route.token_hash", // to find a number of the app that Meta shakes hands with
                        "invitation.email", // to find the invitation whose link somebody opens
                        "invitation.role",
                        "invitation.token_hash",
                        "membership.role", // to find a person's tenants at sign-in
                        "reply.status", // to find the replies that are due
                        "tenant_keyset.wrapped_by", // to find keys that an earlier master key wrapped
                        "vector_model.model", // to find tenants whose vectors are of a former model
                        "vector_model.next_model");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner.getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
