package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.Role;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one tenant has, another cannot reach, and what a role may not, it cannot do. */
class TenantWallsTest extends WebTest {

    @Test
    void gives_404_for_everything_of_another_tenant() {
        ApiClient mine = newTenant().api();
        ApiClient theirs = newTenant().api();
        String base =
                theirs.post("/api/v1/knowledge-bases", Map.of("name", "Theirs")).text("id");
        ApiClient.Reply uploaded = upload(theirs, base);
        assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(202);
        String document = uploaded.text("id");

        assertNotFound(mine.get("/api/v1/knowledge-bases/" + base));
        assertNotFound(mine.get("/api/v1/knowledge-bases/" + base + "/documents"));
        assertNotFound(upload(mine, base));
        assertNotFound(mine.post(
                "/api/v1/knowledge-bases/" + base + "/documents", Map.of("question", "Open?", "answer", "Yes")));
        assertNotFound(mine.post("/api/v1/knowledge-bases/" + base + "/search", Map.of("query", "secret")));
        assertNotFound(mine.get("/api/v1/documents/" + document));
        assertNotFound(mine.get("/api/v1/documents/" + document + "/chunks"));
        assertNotFound(mine.delete("/api/v1/documents/" + document));
        assertThat(theirs.get("/api/v1/documents/" + document).status()).isEqualTo(200);
    }

    @Test
    void lists_only_what_is_ones_own() {
        SignedInOwner mine = newTenant();
        SignedInOwner theirs = newTenant();
        theirs.api().post("/api/v1/knowledge-bases", Map.of("name", "Theirs"));

        assertThat(mine.api()
                        .get("/api/v1/knowledge-bases")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        assertThat(mine.api().get("/api/v1/members").response().body())
                .contains(mine.owner().email().value())
                .doesNotContain(theirs.owner().email().value());
    }

    @ParameterizedTest
    @CsvSource({
        // role, read knowledge, edit knowledge, list members, usage
        "OWNER, 200, 201, 200, 200",
        "ADMIN, 200, 201, 200, 200",
        "EDITOR, 200, 201, 403, 200",
        "AGENT, 200, 403, 403, 200",
        "ANALYST, 200, 403, 403, 200"
    })
    void holds_each_role_to_what_it_may(Role role, int read, int edit, int members, int usage) {
        ApiClient member = newMember(newTenant().tenant(), role);

        assertThat(member.get("/api/v1/knowledge-bases").status()).isEqualTo(read);
        assertThat(member.post("/api/v1/knowledge-bases", Map.of("name", "Handbook"))
                        .status())
                .isEqualTo(edit);
        assertThat(member.get("/api/v1/members").status()).isEqualTo(members);
        assertThat(member.get("/api/v1/usage").status()).isEqualTo(usage);
        assertThat(member.get("/api/v1/tenants").status()).isEqualTo(403);
        assertThat(member.get("/api/v1/plans").status()).isEqualTo(403);
    }

    @Test
    void lets_an_admin_add_members_but_no_owner() {
        SignedInOwner owner = newTenant();
        ApiClient admin = newMember(owner.tenant(), Role.ADMIN);

        assertThat(admin.post("/api/v1/members", member("EDITOR")).status()).isEqualTo(201);
        assertThat(admin.post("/api/v1/members", member("OWNER")).status()).isEqualTo(403);
        assertThat(owner.api().post("/api/v1/members", member("OWNER")).status())
                .isEqualTo(201);
        assertThat(admin.post("/api/v1/members", member("OPERATOR")).status()).isEqualTo(400);
    }

    @Test
    void draws_no_other_tenants_people_in() {
        SignedInOwner mine = newTenant();
        SignedInOwner theirs = newTenant();

        ApiClient.Reply reply = mine.api()
                .post(
                        "/api/v1/members",
                        Map.of(
                                "email", theirs.owner().email().value(),
                                "name", "Ann",
                                "password", "a guessed one",
                                "role", "ANALYST"));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(theirs.api().get("/api/v1/me").json().path("memberships").size())
                .isEqualTo(1);
    }

    private static Map<String, String> member(String role) {
        return Map.of("email", UUID.randomUUID() + "@example.org", "name", "Mia", "password", PASSWORD, "role", role);
    }

    private static ApiClient.Reply upload(ApiClient client, String base) {
        return client.upload(
                "/api/v1/knowledge-bases/" + base + "/documents",
                "secret.txt",
                "text/plain",
                "The secret is 42.".getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNotFound(ApiClient.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }
}
