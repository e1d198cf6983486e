package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Role;
import io.switchboard.simulator.SimulatorService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: data of people and organisations. */
class PrivacyApiTest extends WebTest {

    @Autowired
    SimulatorService simulator;

    @Test
    void hands_out_and_erases_a_person_and_shows_the_receipt() {
        SignedInOwner owner = newTenant();
        String conversation = talk(owner);
        String person = "/api/v1/conversations/" + conversation + "/person";

        ApiClient.Reply export = owner.api().get(person);
        ApiClient.Reply receipt = owner.api().delete(person);

        assertThat(export.status()).as(export.toString()).isEqualTo(200);
        assertThat(export.header("Content-Disposition")).startsWith("attachment");
        assertThat(export.response().body()).contains("My secret");
        assertThat(receipt.status()).as(receipt.toString()).isEqualTo(200);
        assertThat(receipt.json().path("complete").asBoolean()).isTrue();
        assertThat(receipt.json().path("total").asLong()).isGreaterThan(3);
        assertThat(owner.api().get("/api/v1/erasures").text("/items/0/id")).isEqualTo(receipt.text("id"));
        assertThat(owner.api().get("/api/v1/conversations/" + conversation).status())
                .isEqualTo(404);
        assertThat(owner.api().get("/api/v1/messages").json().path("items")).isEmpty();
        assertThat(owner.api().delete(person).status()).isEqualTo(404);
    }

    @Test
    void does_not_show_another_tenants_person_and_asks_for_the_right_role() {
        SignedInOwner owner = newTenant();
        String person = "/api/v1/conversations/" + talk(owner) + "/person";
        ApiClient other = newTenant().api();

        assertThat(other.get(person).status()).isEqualTo(404);
        assertThat(other.delete(person).status()).isEqualTo(404);
        ApiClient agent = newMember(owner.tenant(), Role.AGENT);
        for (String path : List.of(person, "/api/v1/erasures", "/api/v1/retention", "/api/v1/export")) {
            assertThat(agent.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(newMember(owner.tenant(), Role.ADMIN).get("/api/v1/export").status())
                .isEqualTo(403);
        assertThat(owner.api().get(person).status()).isEqualTo(200);
    }

    @Test
    void keeps_retention_within_reason() {
        ApiClient api = newTenant().api();
        Map<String, Object> month = new HashMap<>();
        month.put("messagesDays", 30);
        month.put("recordsDays", null);

        assertThat(api.get("/api/v1/retention").json().path("messagesDays").isNull())
                .isTrue();
        assertThat(api.put("/api/v1/retention", month).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/retention").json().path("messagesDays").asInt())
                .isEqualTo(30);
        assertThat(api.put("/api/v1/retention", Map.of("messagesDays", 1)).text("/errors/0/field"))
                .isEqualTo("messagesDays");
    }

    @Test
    void exports_a_zip_to_its_owner() {
        SignedInOwner owner = newTenant();

        ApiClient.Reply export = owner.api().get("/api/v1/export");

        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/zip");
        assertThat(export.response().body()).startsWith("PK");
    }

    @Test
    void erases_a_suspended_tenant_for_an_operator_who_types_its_slug() {
        SignedInOwner owner = newTenant();
        talk(owner);
        readHandbook(owner.api());
        ApiClient operator = newOperator();
        String tenant = "/api/v1/tenants/" + owner.tenant().id();
        Map<String, String> slug = Map.of("slug", owner.tenant().slug().value());

        assertThat(owner.api().post(tenant + "/erase", slug).status()).isEqualTo(403);
        assertThat(operator.post(tenant + "/erase", slug).status()).as("active").isEqualTo(409);
        operator.post(tenant + "/suspend");
        assertThat(operator.post(tenant + "/erase", Map.of("slug", "another")).status())
                .isEqualTo(400);
        ApiClient.Reply receipt = operator.post(tenant + "/erase", slug);

        assertThat(receipt.status()).as(receipt.toString()).isEqualTo(200);
        assertThat(receipt.json().path("complete").asBoolean())
                .as(receipt.toString())
                .isTrue();
        assertThat(receipt.json()
                        .path("removed")
                        .valueStream()
                        .filter(store -> store.path("count").asLong() > 0)
                        .map(store -> store.path("store").asString()))
                .contains("document", "chunk", "embedding", "index", "files", "people", "inbox", "reply");
        assertThat(operator.get(tenant + "/erasures").text("/items/0/subject")).isEqualTo("TENANT");
        assertThat(operator.get(tenant).text("name")).isEqualTo("Erased");
        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);
    }

    private static void readHandbook(ApiClient api) {
        String base =
                api.post("/api/v1/knowledge-bases", Map.of("name", "Handbook")).text("id");
        String document = api.upload(
                        "/api/v1/knowledge-bases/" + base + "/documents",
                        "hours.txt",
                        "text/plain",
                        "The museum opens at nine.".getBytes(StandardCharsets.UTF_8))
                .text("id");
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        "READY".equals(api.get("/api/v1/documents/" + document).text("status")));
    }

    private String talk(SignedInOwner owner) {
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Desk", "knowledgeBaseIds", List.of(), "mergeWaitMillis", 0))
                .text("id");
        ChannelId channel = simulator
                .channelFor(owner.tenant().id(), new BotId(UUID.fromString(bot)))
                .id();
        simulator.write(owner.tenant().id(), channel, "ann", "My secret");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        owner.api().get("/api/v1/messages?status=DELIVERED").text("/items/0/id") != null);
        return owner.api().get("/api/v1/conversations").text("/items/0/id");
    }
}
