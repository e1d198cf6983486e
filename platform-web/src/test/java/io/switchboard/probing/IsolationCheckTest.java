package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.access.User;
import io.switchboard.database.SystemDatabase;
import io.switchboard.isolation.TenantTables;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.privacy.ErasureReceipt;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The operator's button, by its API. */
class IsolationCheckTest extends WebTest {

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTables tables;

    @Autowired
    PrivacyService privacy;

    @Autowired
    SystemDatabase system;

    @Value("${switchboard.data-dir}")
    Path data;

    @Test
    void runs_on_the_live_installation_and_keeps_its_result() {
        ApiClient operator = newOperator();
        SignedInOwner owner = newTenant();
        Map<String, String> before = tables.digests(owner.tenant().id());

        ApiClient.Reply run = operator.post("/api/v1/isolation-checks");

        assertThat(run.status()).as(run.toString()).isEqualTo(201);
        assertThat(run.json().path("passed").asBoolean()).as(run.toString()).isTrue();
        assertThat(run.json().path("endpoints").asInt()).isGreaterThan(60);
        assertThat(run.json().path("attempts").asInt()).isGreaterThan(500);
        assertThat(operator.get("/api/v1/isolation-checks?limit=1").text("/items/0/id"))
                .isEqualTo(run.text("id"));
        assertThat(operator.get("/api/v1/operator-audit?object=isolation+check&limit=1")
                        .text("/items/0/objectId"))
                .isEqualTo(run.text("id"));
        assertThat(tables.digests(owner.tenant().id())).as("tenants' rows").isEqualTo(before);
        assertThat(owner.api().post("/api/v1/isolation-checks").status()).isEqualTo(403);
    }

    @Test
    void leaves_no_tenant_no_row_and_no_file_behind() throws IOException {
        ApiClient operator = newOperator();
        SignedInOwner newest = newTenant();
        TenantId before = newest.tenant().id();

        assertThat(operator.post("/api/v1/isolation-checks").status()).isEqualTo(201);

        assertThat(tenancy.list(new PageRequest(PageRequest.MAX_LIMIT, before.toString()))
                        .items())
                .isEmpty();
        List<TenantId> made = tenantsSince(before);
        assertThat(made).as("two worlds and one that is closed").hasSize(3);
        for (TenantId tenant : made) {
            Tenant shell = tenancy.find(tenant).orElseThrow();
            assertThat(shell.status()).isEqualTo(TenantStatus.ARCHIVED);
            assertThat(shell.name()).isEqualTo("Erased");
            Map<String, Long> left = tables.counts(tenant);
            assertThat(left.remove("erasure_receipt")).as("receipts stay").isPositive();
            assertThat(left)
                    .hasSizeGreaterThan(20)
                    .allSatisfy((table, rows) -> assertThat(rows).as(table).isZero());
            ErasureReceipt last =
                    privacy.receipts(tenant, PageRequest.first(1)).items().getFirst();
            assertThat(last.subject()).isEqualTo(ErasureReceipt.Subject.TENANT);
            assertThat(last.complete()).as(last.toString()).isTrue();
            assertThat(filesOf(tenant)).isEmpty();
        }
        assertThat(peopleSince(newest.owner()))
                .hasSizeGreaterThan(5)
                .filteredOn(address -> !address.endsWith("@erased.invalid"))
                .as("the account of a member whom the check has removed stays, without a tenant")
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(address -> assertThat(access.memberships(access.findUser(new EmailAddress(address))
                                .orElseThrow()
                                .id()))
                        .isEmpty());
    }

    private List<TenantId> tenantsSince(TenantId tenant) {
        return system.jdbc()
                .sql("select id from tenant where id > ? order by id")
                .param(tenant.value())
                .query((row, number) -> new TenantId(row.getObject(1, UUID.class)))
                .list();
    }

    private List<String> peopleSince(User user) {
        return system.jdbc()
                .sql("select email from app_user where id > ?")
                .param(user.id().value())
                .query(String.class)
                .list();
    }

    private List<Path> filesOf(TenantId tenant) throws IOException {
        UUID id = tenant.value();
        Path directory = data.resolve("files").resolve(id.toString());
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
