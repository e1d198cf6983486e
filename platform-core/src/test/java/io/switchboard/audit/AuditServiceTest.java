package io.switchboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: ASVS 16.2.x and 16.4.x. */
@SwitchboardTest
class AuditServiceTest {

    private static final Actor ANN = new Actor(UserId.next(), "Ann 100%");
    private static final Actor BEN = new Actor(UserId.next(), "Ben");

    @Autowired
    AuditService audit;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SystemDatabase system;

    private TenantId tenant;

    @BeforeEach
    void makeTenant() {
        tenant = TestTenants.on(tenancy, "standard");
    }

    @Test
    void finds_entries_by_person_action_object_and_time() {
        audit.record(tenant, ANN, "published", "bot", UUID.randomUUID(), "Front desk");
        audit.record(tenant, BEN, "deleted", "document", UUID.randomUUID(), null);
        Instant now = Instant.now();

        assertThat(details(filter("ann", null, null, null, null))).containsExactly("published bot");
        assertThat(details(filter("100%", null, null, null, null))).containsExactly("published bot");
        assertThat(details(filter("%", null, null, null, null))).containsExactly("published bot");
        assertThat(details(filter(null, "deleted", null, null, null))).containsExactly("deleted document");
        assertThat(details(filter(" ", "", "bot", null, null))).containsExactly("published bot");
        assertThat(details(filter(null, "published", "document", null, null))).isEmpty();
        assertThat(details(filter(null, null, null, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)))))
                .containsExactly("deleted document", "published bot");
        assertThat(details(filter(null, null, null, now.plus(Duration.ofHours(1)), null)))
                .isEmpty();
        assertThat(details(filter(null, null, null, null, now.minus(Duration.ofHours(1)))))
                .isEmpty();
    }

    @Test
    void leaves_no_entry_of_a_deed_that_is_undone() {
        assertThatThrownBy(() -> transactions.run(tenant, () -> {
                    audit.record(tenant, ANN, "published", "bot", UUID.randomUUID(), null);
                    throw new IllegalArgumentException("undone");
                }))
                .hasMessage("undone");

        assertThat(details(AuditFilter.ALL)).isEmpty();
    }

    @Test
    void writes_down_what_the_program_does_by_itself_as_its_own() {
        audit.record(tenant, "stopped", "channel", UUID.randomUUID(), "190: expired");

        AuditEntry entry = entries(AuditFilter.ALL).getFirst();
        assertThat(entry.actor()).isEqualTo(Actor.SYSTEM);
        assertThat(entry.origin()).isEqualTo(Origin.NONE);
    }

    @Test
    void tells_a_tenant_what_an_operator_did_to_it() {
        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);
        tenancy.rename(tenant, "Another name");

        assertThat(details(AuditFilter.ALL)).containsExactly("renamed tenant", "status changed tenant");
        assertThat(audit.listOfOperators(AuditFilter.ALL, PageRequest.first(50)).items())
                .filteredOn(entry -> tenant.value().equals(entry.objectId()))
                .extracting(AuditEntry::action)
                .containsExactly("renamed", "status changed", "created");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update audit_entry set actor = 'Nobody'", "delete from audit_entry", "truncate audit_entry"})
    void cannot_be_changed_by_the_role_that_serves_tenants(String statement) {
        audit.record(tenant, ANN, "published", "bot", UUID.randomUUID(), null);

        assertThatThrownBy(
                        () -> transactions.run(tenant, () -> jdbc.sql(statement).update()))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThat(details(AuditFilter.ALL)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update operator_entry set actor = 'Nobody'",
                "delete from operator_entry",
                "update isolation_check set leaks = '{}'",
                "delete from isolation_check",
                "update audit_entry set actor = 'Nobody'",
                "select * from audit_entry"
            })
    void cannot_be_changed_by_the_role_that_sees_all_tenants(String statement) {
        assertThatThrownBy(() -> system.jdbc().sql(statement).query().listOfRows())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void does_not_show_another_tenants_entries() {
        audit.record(tenant, ANN, "published", "bot", UUID.randomUUID(), null);

        assertThat(audit.list(TestTenants.on(tenancy, "standard"), PageRequest.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void exports_every_page_of_what_fits() throws IOException {
        int many = PageRequest.MAX_LIMIT + 20;
        for (int i = 0; i < many; i++) {
            audit.record(tenant, ANN, "published", "bot", UUID.randomUUID(), "number " + i);
        }
        audit.record(tenant, BEN, "deleted", "bot", UUID.randomUUID(), null);
        StringBuilder table = new StringBuilder();

        audit.export(tenant, filter("Ann", null, null, null, null), table);

        assertThat(table.toString().lines()).hasSize(many + 1).noneMatch(line -> line.contains("Ben"));
        assertThat(table).startsWith("time,actor kind,actor,").contains("number 0,", "number " + (many - 1) + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1 | '=1+1",
                "+49 | '+49",
                "-2 | '-2",
                "@SUM(A1) | '@SUM(A1)",
                "＝1 | '＝1",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "a=1 | a=1"
            })
    void keeps_formulas_from_running_in_a_spreadsheet(String text, String cell) {
        assertThat(AuditCsv.cell(text)).isEqualTo(cell);
        assertThat(AuditCsv.cell("=cmd|' /C calc'!A0")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(AuditCsv.cell("\t=1")).startsWith("\"'");
        assertThat(AuditCsv.cell("\r=1")).startsWith("\"'");
    }

    private static AuditFilter filter(String actor, String action, String object, Instant from, Instant until) {
        return new AuditFilter(actor, action, object, from, until);
    }

    private List<AuditEntry> entries(AuditFilter filter) {
        return audit.list(tenant, filter, PageRequest.first(100)).items();
    }

    private List<String> details(AuditFilter filter) {
        return entries(filter).stream()
                .map(entry -> entry.action() + " " + entry.object())
                .toList();
    }
}
