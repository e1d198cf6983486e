package io.switchboard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.installation.InstallationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@TestPropertySource(properties = "switchboard.demo=true")
class DemoSeederTest extends WebTest {

    private static final Duration READING = Duration.ofMinutes(3);

    @Autowired
    DemoSeeder seeder;

    @Autowired
    InstallationSettings installation;

    ApiClient guide;
    ApiClient museum;

    @BeforeEach
    void signInAsTheDemoPrints() {
        guide = signIn(DemoTenant.SWITCHBOARD);
        museum = signIn(DemoTenant.HARBOUR);
    }

    @Test
    void each_demo_tenant_answers_from_its_own_documents_only() {
        awaitReady(guide);
        awaitReady(museum);

        JsonNode opening = ask(museum, DemoTenant.HARBOUR.question());
        JsonNode connecting = ask(guide, DemoTenant.SWITCHBOARD.question());
        JsonNode wrongDoor = ask(guide, "How much is a family ticket and what does a membership cost?");

        assertThat(opening.path("outcome").asString()).isEqualTo("ANSWERED");
        assertThat(opening.path("answer").asString()).contains("11:00 to 18:00");
        assertThat(opening.at("/citations/0/document").asString()).isEqualTo("visitor-handbook.pdf");
        assertThat(connecting.path("outcome").asString()).isEqualTo("ANSWERED");
        assertThat(connecting.at("/citations/0/document").asString()).isEqualTo("connecting-whatsapp.md");
        assertThat(wrongDoor.path("citations").toString()).doesNotContain("handbook", "membership");
    }

    @Test
    void a_second_start_changes_nothing() {
        awaitReady(museum);
        String deleted = documents(museum)
                .filter(document -> document.path("name").asString().equals("collection.html"))
                .findFirst()
                .map(document -> document.path("id").asString())
                .orElseThrow();
        museum.delete("/api/v1/documents/" + deleted);

        seeder.start();

        assertThat(names(museum)).containsExactlyInAnyOrder("visitor-handbook.pdf", "groups-and-membership.docx");
        assertThat(museum.get("/api/v1/bots").json().path("items")).hasSize(1);

        interruptSeeding();
        seeder.start();

        assertThat(names(museum))
                .as("what a killed start left out")
                .containsExactlyInAnyOrder("visitor-handbook.pdf", "groups-and-membership.docx", "collection.html");
        assertThat(museum.get("/api/v1/bots").json().path("items")).hasSize(1);
        assertThat(museum.get("/api/v1/channels").json().path("items")).hasSize(1);
    }

    private void interruptSeeding() {
        try {
            Files.writeString(installation.dataDir().resolve("demo.unfinished"), "killed");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ApiClient signIn(DemoTenant demo) {
        ApiClient.Reply reply = anonymous()
                .post("/api/v1/auth/login", Map.of("email", demo.owner().value(), "password", demo.password()));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return anonymous().withToken(reply.text("accessToken"));
    }

    private static Stream<JsonNode> documents(ApiClient api) {
        String knowledgeBase = api.get("/api/v1/knowledge-bases").text("/items/0/id");
        return api.get("/api/v1/knowledge-bases/" + knowledgeBase + "/documents?limit=100")
                .json()
                .path("items")
                .valueStream();
    }

    private static Stream<String> names(ApiClient api) {
        return documents(api).map(document -> document.path("name").asString());
    }

    private static void awaitReady(ApiClient api) {
        await().atMost(READING)
                .untilAsserted(() -> assertThat(documents(api))
                        .hasSizeGreaterThan(1)
                        .allSatisfy(document ->
                                assertThat(document.path("status").asString()).isEqualTo("READY")));
    }

    private static JsonNode ask(ApiClient api, String question) {
        String bot = api.get("/api/v1/bots").text("/items/0/id");
        return api.post("/api/v1/bots/" + bot + "/ask", Map.of("question", question))
                .json();
    }
}
