package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperatorApiTest extends WebTest {

    @Test
    void founds_a_tenant_whose_owner_can_sign_in() {
        ApiClient operator = newOperator();
        String email = address("founder").value();
        String slug = slug();

        ApiClient.Reply created = operator.post("/api/v1/tenants", tenant(slug, "standard", email));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.text("slug")).isEqualTo(slug);
        assertThat(created.text("status")).isEqualTo("ACTIVE");
        assertThat(created.header("Location")).endsWith(created.text("id"));
        assertThat(operator.get("/api/v1/tenants/" + created.text("id")).text("name"))
                .isEqualTo("Harbour Museum");
        ApiClient.Reply login = anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
        assertThat(anonymous()
                        .withToken(login.text("accessToken"))
                        .get("/api/v1/me")
                        .text("tenant"))
                .isEqualTo(slug);
    }

    @Test
    void names_what_stands_in_the_way_of_a_tenant() {
        ApiClient operator = newOperator();
        String email = address("first").value();
        String slug = slug();
        operator.post("/api/v1/tenants", tenant(slug, "standard", email));

        assertField(
                operator.post(
                        "/api/v1/tenants", tenant(slug, "standard", address("b").value())),
                409,
                "slug");
        assertField(
                operator.post(
                        "/api/v1/tenants", tenant(slug(), "golden", address("c").value())),
                400,
                "plan");
        assertField(operator.post("/api/v1/tenants", tenant("No Slug", "standard", email)), 400, "slug");
        assertField(operator.post("/api/v1/tenants", tenant(slug(), "standard", "nobody")), 400, "owner.email");
        Map<String, Object> taken = tenant(slug(), "standard", email);
        taken.put("owner", Map.of("email", email, "password", "another password"));
        assertField(operator.post("/api/v1/tenants", taken), 409, "owner.email");
        taken.put("owner", Map.of("email", address("d").value(), "password", "short"));
        assertField(operator.post("/api/v1/tenants", taken), 400, "owner.password");
    }

    @Test
    void changes_suspends_resumes_and_archives() {
        ApiClient operator = newOperator();
        SignedInOwner owner = newTenant();
        String path = "/api/v1/tenants/" + owner.tenant().id();

        ApiClient.Reply changed = operator.patch(path, Map.of("name", "New name", "plan", "trial"));
        assertThat(changed.text("name")).isEqualTo("New name");
        assertThat(changed.text("plan")).isEqualTo("trial");
        assertField(operator.patch(path, Map.of("plan", "golden")), 400, "plan");
        assertField(operator.patch(path, Map.of("name", " ")), 400, "name");
        assertField(operator.patch(path, Map.of("status", "GONE")), 400, "status");

        assertThat(operator.post(path + "/suspend").text("status")).isEqualTo("SUSPENDED");
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        assertThat(operator.post(path + "/resume").text("status")).isEqualTo("ACTIVE");
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(200);
        assertThat(operator.patch(path, Map.of("status", "ARCHIVED")).text("status"))
                .isEqualTo("ARCHIVED");
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        assertThat(operator.post("/api/v1/tenants/" + UUID.randomUUID() + "/suspend")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pages_through_tenants() {
        ApiClient operator = newOperator();
        newTenant();
        newTenant();

        ApiClient.Reply first = operator.get("/api/v1/tenants?limit=1");
        ApiClient.Reply second = operator.get("/api/v1/tenants?limit=1&after=" + first.text("next"));

        assertThat(first.json().path("items").size()).isEqualTo(1);
        assertThat(second.text("/items/0/id")).isNotEqualTo(first.text("/items/0/id"));
    }

    @Test
    void keeps_plans() {
        ApiClient operator = newOperator();
        String name = "p-" + UUID.randomUUID().toString().substring(0, 8);

        ApiClient.Reply saved = operator.put("/api/v1/plans/" + name, Map.of("answersPerMonth", 3));

        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        assertThat(saved.json().path("answersPerMonth").asLong()).isEqualTo(3);
        assertThat(saved.json().path("maxDocuments").isNull()).isTrue();
        assertThat(operator.get("/api/v1/plans").response().body()).contains(name);
        assertField(operator.put("/api/v1/plans/" + name, Map.of("answersPerMonth", -1)), 400, "answersPerMonth");
        assertField(operator.put("/api/v1/plans/" + name, Map.of("answersPerMonth", 1.5)), 400, "answersPerMonth");
        assertField(operator.put("/api/v1/plans/Golden", Map.of()), 400, "name");
    }

    private static Map<String, Object> tenant(String slug, String plan, String email) {
        return new HashMap<>(Map.of(
                "name",
                "Harbour Museum",
                "slug",
                slug,
                "plan",
                plan,
                "owner",
                Map.of("email", email, "password", PASSWORD)));
    }

    private static String slug() {
        return "o-" + UUID.randomUUID().toString().substring(0, 13);
    }

    private static void assertField(ApiClient.Reply reply, int status, String field) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/errors/0/field")).as(reply.toString()).isEqualTo(field);
    }
}
