package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: ASVS 8.3.2; API keys. */
class ApiKeyApiTest extends WebTest {

    private static final String PATH = "/api/v1/api-keys";

    @Autowired
    TenancyService tenancy;

    @Autowired
    AuditService audit;

    @Test
    void opens_the_api_for_its_tenant_with_its_role() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply created = owner.api().post(PATH, key("Website", Role.EDITOR));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        ApiClient program = anonymous().withToken(created.text("key"));

        ApiClient.Reply me = program.get("/api/v1/me");

        assertThat(me.text("kind")).isEqualTo("API_KEY");
        assertThat(me.text("name")).isEqualTo("Website");
        assertThat(me.text("tenant")).isEqualTo(owner.tenant().slug().value());
        assertThat(me.text("/memberships/0/role")).isEqualTo("EDITOR");
        assertThat(program.post("/api/v1/knowledge-bases", Map.of("name", "Handbook"))
                        .status())
                .isEqualTo(201);
        assertThat(program.get("/api/v1/conversations").status()).isEqualTo(403);
        assertThat(program.get(PATH).status()).isEqualTo(403);
    }

    @Test
    void is_shown_once_and_then_by_its_beginning_only() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply created = owner.api().post(PATH, key("Website", Role.EDITOR));
        String text = created.text("key");

        ApiClient.Reply list = owner.api().get(PATH);

        assertThat(list.text("/items/0/name")).isEqualTo("Website");
        assertThat(list.text("/items/0/prefix")).isEqualTo(text.substring(0, 12));
        assertThat(list.text("/items/0/createdBy")).isEqualTo("Olivia Owner");
        assertThat(list.text("/items/0/lastUsedAt")).isNull();
        assertThat(list.response().body()).doesNotContain(text.substring(13));
        anonymous().withToken(text).get("/api/v1/me");
        assertThat(owner.api().get(PATH).text("/items/0/lastUsedAt")).isNotNull();
    }

    @Test
    void is_refused_at_once_when_revoked_or_its_tenant_suspended() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply created = owner.api().post(PATH, key("Website", Role.EDITOR));
        ApiClient program = anonymous().withToken(created.text("key"));
        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(200);

        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        ApiClient.Reply suspended = program.get("/api/v1/knowledge-bases");
        assertThat(suspended.status()).isEqualTo(401);
        assertThat(suspended.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(suspended.text("detail")).contains("API key");
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.ACTIVE);
        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(200);

        assertThat(owner.api().delete(PATH + "/" + created.text("id")).status()).isEqualTo(204);
        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(401);
        assertThat(owner.api().delete(PATH + "/" + created.text("id")).status()).isEqualTo(404);
    }

    @Test
    void makes_no_key_and_no_member_above_itself() {
        SignedInOwner owner = newTenant();
        ApiClient program = anonymous()
                .withToken(
                        owner.api().post(PATH, key("Provisioning", Role.ADMIN)).text("key"));

        assertThat(program.post(PATH, key("Owner", Role.OWNER)).status()).isEqualTo(403);
        assertThat(program.post(PATH, key("Agent", Role.AGENT)).status()).isEqualTo(201);
        assertThat(program.post("/api/v1/members", member(Role.OWNER)).status()).isEqualTo(403);
        assertThat(program.post("/api/v1/members", member(Role.AGENT)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tenants", "/api/v1/plans", "/actuator/prometheus"})
    void never_acts_as_operator(String path) {
        ApiClient program = anonymous()
                .withToken(newTenant().api().post(PATH, key("All", Role.OWNER)).text("key"));

        assertThat(program.get(path).status()).isEqualTo(403);
    }

    @Test
    void stays_in_its_tenant_whatever_the_header_says() {
        SignedInOwner mine = newTenant();
        SignedInOwner theirs = newTenant();
        ApiClient program = anonymous()
                .withToken(mine.api().post(PATH, key("All", Role.OWNER)).text("key"));

        assertThat(program.withHeader("X-Tenant", mine.tenant().slug().value())
                        .get("/api/v1/members")
                        .status())
                .isEqualTo(200);
        assertThat(program.withHeader("X-Tenant", theirs.tenant().slug().value())
                        .get("/api/v1/members")
                        .status())
                .isEqualTo(403);
        String theirKey = theirs.api().post(PATH, key("Theirs", Role.AGENT)).text("id");
        assertThat(program.delete(PATH + "/" + theirKey).status()).isEqualTo(404);
        assertThat(program.get(PATH).response().body()).doesNotContain("Theirs");
    }

    @Test
    void appears_in_the_audit_under_its_own_name() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply created = owner.api().post(PATH, key("Provisioning", Role.ADMIN));
        anonymous().withToken(created.text("key")).post(PATH, key("Agent", Role.AGENT));

        List<AuditEntry> entries =
                audit.list(owner.tenant().id(), PageRequest.first(10)).items();

        assertThat(entries.getFirst().actor().kind()).isEqualTo(Actor.Kind.API_KEY);
        assertThat(entries.getFirst().actor().name()).isEqualTo("Provisioning");
        assertThat(entries.getFirst().actor().id()).hasToString(created.text("id"));
    }

    @Test
    void names_what_is_wrong_with_a_request() {
        ApiClient owner = newTenant().api();
        Map<String, Object> late = key("Late", Role.AGENT);
        late.put("expiresAt", Instant.now().minusSeconds(60).toString());

        assertThat(owner.post(PATH, late).text("/errors/0/field")).isEqualTo("expiresAt");
        assertThat(owner.post(PATH, key(" ", Role.AGENT)).text("/errors/0/field"))
                .isEqualTo("name");
        assertThat(owner.post(PATH, key("x".repeat(81), Role.AGENT)).text("/errors/0/field"))
                .isEqualTo("name");
        assertThat(owner.post(PATH, Map.of("name", "x")).text("/errors/0/field"))
                .isEqualTo("role");
        assertThat(owner.post(PATH, Map.of("name", "x", "role", "OPERATOR")).status())
                .isEqualTo(400);
    }

    private static Map<String, Object> key(String name, Role role) {
        return new HashMap<>(Map.of("name", name, "role", role.name()));
    }

    private static Map<String, String> member(Role role) {
        return Map.of("email", address("new").value(), "name", "Mia", "password", PASSWORD, "role", role.name());
    }
}
