package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.access.AccessService;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.tenancy.TenantStatus;
import io.switchboardtest.TestTenants;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/**
 * The end of a tenant, and its proof.
 *
 * <p>Checklist: data of people and organisations.
 */
class TenantErasureTest extends PrivacyTest {

    @Autowired
    TenantErasure erasure;

    @Autowired
    TenantStores stores;

    @Autowired
    AccessService access;

    @Autowired
    SpringLiquibase owner;

    @Autowired
    SystemDatabase system;

    @Test
    void has_a_rule_for_every_table_of_tenants() {
        List<String> tables = jdbc.sql("""
                        select c.relname from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where n.nspname = 'public' and c.relkind in ('r', 'p')
                        """).query(String.class).list();

        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(DataRule.ALL)
                .as(
                        "tables with a rule in DataRule, which says what happens to their rows when a person or tenant is erased")
                .extracting(DataRule::table)
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void erases_a_tenant_with_files_index_and_people_and_leaves_the_others_alone() throws IOException {
        TenantId other = TestTenants.on(tenancy, "standard");
        handbook(other, "Somebody else's handbook.");
        Map<String, Long> otherRows = counts(other);
        KnowledgeBaseId base = handbook(tenant, "The secret of the house is " + canary + ".");
        talk("ann-" + canary, "My secret is " + canary);
        User member = addMember("Mia " + canary);
        audit.record(tenant, OLIVIA, "changed", "bot", bot.id().value(), canary);
        assertThat(filesWith(canary)).as("the scan finds what is there").isNotEmpty();

        assertThat(erasure.erase(tenant, OLIVIA)).isInstanceOf(TenantErasing.Active.class);
        ErasureReceipt receipt = erase();

        assertThat(receipt.complete()).as(receipt.toString()).isTrue();
        assertThat(receipt.removed())
                .filteredOn(store -> store.count() > 0)
                .extracting(Removed::store)
                .contains("inbox", "document", "channel", "channel_route", "audit_entry", "people", "files");
        assertThat(tablesWith(canary)).isEmpty();
        assertThat(filesWith(canary)).isEmpty();
        assertThat(access.findUser(member.email())).isEmpty();
        assertThat(access.findUser(member.id()).orElseThrow().suspended()).isTrue();
        Map<String, Long> left = counts(tenant);
        assertThat(left.remove("erasure_receipt")).isEqualTo(1);
        assertThat(left.values()).containsOnly(0L);
        assertThat(tenancy.find(tenant).orElseThrow().name()).isEqualTo("Erased");
        assertThat(counts(other)).isEqualTo(otherRows);
        assertThat(knowledge.findKnowledgeBase(tenant, base)).isEmpty();
        assertThat(((TenantErasing.Erased) erasure.erase(tenant, OLIVIA))
                        .receipt()
                        .complete())
                .as("may be asked for again")
                .isTrue();
    }

    @Test
    void empties_every_place_that_its_receipt_lists() {
        KnowledgeBaseId base = library.knowledgeBase(tenant, "en");
        library.document(tenant, base, "handbook.txt", "The museum opens at nine.");
        talk("ann", "When do you open?");
        channels.meta(tenant, bot);
        addMember("Mia");
        planJob();
        privacy.saveRetention(tenant, new RetentionPolicy(30, 30), OLIVIA);
        List<TenantStore> places = stores.of(tenant);
        assertThat(places)
                .filteredOn(place -> place.left() > 0)
                .extracting(TenantStore::name)
                .as("places that have something, so that the look at them is shown to see it")
                .contains(
                        "people",
                        "jobs",
                        "inbox",
                        "reply",
                        "conversation",
                        "contact",
                        "channel",
                        "channel_route",
                        "channel_credential",
                        "chunk",
                        "embedding",
                        "document",
                        "membership",
                        "audit_entry",
                        "files",
                        "index");

        ErasureReceipt receipt = erase();

        assertThat(receipt.removed())
                .extracting(Removed::store)
                .containsExactlyElementsOf(
                        places.stream().map(TenantStore::name).toList());
        assertThat(places)
                .allSatisfy(place -> assertThat(place.left()).as(place.name()).isZero());
        assertThat(receipt.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "retention_policy, delete on retention_policy, tenant_id",
        "audit_entry, delete on audit_entry, tenant_id",
        "jobs, delete on scheduled_tasks, task_instance",
        "people, update on app_user, id"
    })
    void says_in_its_receipt_what_did_not_go(String store, String event, String column) throws SQLException {
        privacy.saveRetention(tenant, new RetentionPolicy(30, 30), OLIVIA);
        Map<String, Object> rows = Map.of(
                "tenant_id",
                tenant,
                "task_instance",
                planJob(),
                "id",
                addMember("Mia").id());
        asOwner("""
                create function stay() returns trigger language plpgsql as 'begin return null; end';
                create trigger stay before %s for each row when (old.%s = '%s') execute function stay();
                """.formatted(event, column, rows.get(column)));

        ErasureReceipt receipt;
        try {
            receipt = erase();
        } finally {
            asOwner("drop function stay() cascade");
        }

        assertThat(receipt.complete()).isFalse();
        assertThat(receipt.removed())
                .filteredOn(place -> place.left() > 0)
                .extracting(Removed::store)
                .containsExactly(store);
        assertThat(privacy.receipts(tenant, PageRequest.first(1)).items()).containsExactly(receipt);
    }

    @Test
    void keeps_the_audit_of_a_tenant_that_is_not_being_erased() {
        audit.record(tenant, OLIVIA, "changed", "bot", UUID.randomUUID(), null);
        var before = audit.list(tenant, PageRequest.first(100)).items();

        try {
            transactions.run(
                    tenant,
                    () -> jdbc.sql("delete from audit_entry where tenant_id = ?")
                            .param(tenant.value())
                            .update());
        } catch (DataAccessException _) {
            // refused outright is as good
        }

        system.jdbc()
                .sql("delete from audit_entry where tenant_id = ?")
                .param(tenant.value())
                .update();

        assertThat(audit.list(tenant, PageRequest.first(100)).items())
                .isNotEmpty()
                .isEqualTo(before);
        assertThatThrownBy(() -> transactions.run(
                        tenant,
                        () -> jdbc.sql("update audit_entry set actor = 'nobody'")
                                .update()))
                .isInstanceOf(DataAccessException.class);
    }

    private ErasureReceipt erase() {
        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);
        return ((TenantErasing.Erased) erasure.erase(tenant, OLIVIA)).receipt();
    }

    private User addMember(String name) {
        EmailAddress email = new EmailAddress(canary + "@example.org");
        return ((MemberAddition.Added) access.addMember(tenant, email, name, "correct horse battery", Role.AGENT))
                .user();
    }

    /** @return the instance */
    private String planJob() {
        String instance = tenant + "/" + UUID.randomUUID();
        jdbc.sql("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        values ('document', ?, now() + interval '1 day', false, 1)
                        """).param(instance).update();
        return instance;
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = owner.getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
