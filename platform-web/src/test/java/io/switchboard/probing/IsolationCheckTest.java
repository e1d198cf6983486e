package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.isolation.TenantTables;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
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
    WorldMaker worlds;

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
    void takes_its_tenants_away_again() throws IOException {
        World world = worlds.make('x');
        TenantId tenant = world.id();
        ApiClient api = anonymous().withToken(world.value("token"));
        assertThat(api.get("/api/v1/me").status()).isEqualTo(200);

        worlds.remove(world);

        assertThat(tables.counts(tenant).entrySet())
                .filteredOn(table -> !table.getKey().equals("audit_entry"))
                .allSatisfy(
                        table -> assertThat(table.getValue()).as(table.getKey()).isZero());
        assertThat(tenancy.find(tenant).orElseThrow().status()).isEqualTo(TenantStatus.ARCHIVED);
        assertThat(api.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(anonymous()
                        .withToken(world.value("api-key-text"))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
        assertThat(filesOf(tenant)).isEmpty();
        assertThat(tenancy.findBySlug(new Slug(world.value("slug")))).isPresent();
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
