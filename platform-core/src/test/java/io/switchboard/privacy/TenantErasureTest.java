package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.access.AccessService;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.Role;
import io.switchboard.access.User;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.tenancy.TenantStatus;
import io.switchboardtest.TestTenants;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/** The end of a tenant. */
class TenantErasureTest extends PrivacyTest {

    @Autowired
    TenantErasure erasure;

    @Autowired
    AccessService access;

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
}
