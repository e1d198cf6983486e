package io.switchboard.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: wall in the database. */
@SwitchboardTest
class TenantWallTest {

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void shows_a_tenant_its_own_rows_only() {
        TenantId mine = tenant();
        TenantId theirs = tenant();

        List<UUID> seen = transactions.call(
                mine, () -> jdbc.sql("select id from tenant").query(UUID.class).list());

        assertThat(seen).containsExactly(mine.value()).doesNotContain(theirs.value());
    }

    @Test
    void shows_nothing_outside_a_tenant_transaction() {
        tenant();

        assertThat(jdbc.sql("select id from tenant").query(UUID.class).list()).isEmpty();
    }

    @Test
    void forgets_the_tenant_when_the_transaction_ends() {
        TenantId mine = tenant();

        transactions.run(mine, () -> jdbc.sql("select 1").query(Integer.class).single());

        assertThat(jdbc.sql("select coalesce(current_setting('app.tenant', true), '')")
                        .query(String.class)
                        .list())
                .containsExactly("");
    }

    @Test
    void refuses_another_tenant_inside_an_open_transaction() {
        TenantId mine = tenant();
        TenantId theirs = tenant();

        assertThatThrownBy(() -> transactions.run(mine, () -> transactions.run(theirs, () -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(theirs.toString());
    }

    @Test
    void starts_every_unique_key_of_a_tenant_table_with_the_tenant() {
        List<String> keys = jdbc.sql("""
                        select t.relname || '.' || i.relname
                          from pg_index x
                          join pg_class i on i.oid = x.indexrelid
                          join pg_class t on t.oid = x.indrelid
                          join pg_namespace n on n.oid = t.relnamespace
                          join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
                         where n.nspname = 'public' and x.indisunique and x.indkey[0] <> a.attnum
                        """).query(String.class).list();

        assertThat(keys).filteredOn(key -> !key.startsWith("channel_route.")).isEmpty();
    }

    private TenantId tenant() {
        Slug slug = new Slug("t-" + UUID.randomUUID().toString().substring(0, 13));
        TenantCreation created = tenancy.create(new NewTenant("Tenant " + slug, slug, "standard"));
        return ((TenantCreation.Created) created).tenant().id();
    }
}
