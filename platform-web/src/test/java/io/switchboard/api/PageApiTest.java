package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.installation.InstallationSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Pages of a web site as documents, from a site on this machine that the operator allows. */
@TestPropertySource(properties = "switchboard.allow-private-networks=true")
class PageApiTest extends WebTest {

    private final AtomicReference<String> hours = new AtomicReference<>("nine");
    private final AtomicReference<Integer> status = new AtomicReference<>(200);

    @Autowired
    InstallationSettings installation;

    private HttpServer site;
    private SignedInOwner owner;
    private String base;

    @BeforeEach
    void openSite() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        site.createContext("/hours", exchange -> {
            byte[] body = ("<html><head><title>Opening hours</title></head><body><h1>Opening hours</h1>"
                            + "<p>The museum opens at " + hours + " o'clock on Sundays.</p></body></html>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/hours");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        site.start();
        owner = newTenant();
        base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Site"))
                .text("id");
    }

    @AfterEach
    void closeSite() {
        site.stop(0);
    }

    @Test
    void reads_a_page_and_answers_with_its_address_as_the_source() {
        JsonNode page = awaitReady(add("/moved"));

        JsonNode found = search("When does the museum open on Sundays?");

        assertThat(page.path("kind").asString()).isEqualTo("PAGE");
        assertThat(page.path("name").asString()).isEqualTo(url("/moved"));
        assertThat(page.path("mediaType").asString()).isEqualTo("text/html");
        assertThat(found.path("document").asString()).isEqualTo(url("/moved"));
        assertThat(found.path("passage").asString()).contains("opens at nine");
    }

    @Test
    void fetches_an_address_anew_and_keeps_the_document() throws IOException {
        String id = add("/hours");
        awaitReady(id);
        hours.set("eleven");

        assertThat(add("/hours")).isEqualTo(id);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(passages()).contains("opens at eleven"));
        awaitReady(id);

        assertThat(owner.api()
                        .get("/api/v1/knowledge-bases/" + base + "/documents")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(passages()).doesNotContain("opens at nine");
        try (Stream<Path> files = Files.list(installation
                .dataDir()
                .resolve("files")
                .resolve(owner.tenant().id().toString()))) {
            assertThat(files).as("the former bytes are gone").hasSize(1);
        }
    }

    @Test
    void fails_with_what_the_site_said_and_reads_it_when_it_is_back() {
        status.set(503);
        String id = add("/hours");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode page = document(id);
            assertThat(page.path("status").asString()).isEqualTo("FAILED");
            assertThat(page.path("reason").asString()).isEqualTo("The site answered with status 503.");
        });

        status.set(200);

        assertThat(add("/hours")).isEqualTo(id);
        awaitReady(id);
    }

    @Test
    void stays_away_from_metadata_even_so() {
        String id = owner.api()
                .post("/api/v1/knowledge-bases/" + base + "/documents", Map.of("url", "http://169.254.169.254/latest"))
                .text("id");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(document(id).path("status").asString()).isEqualTo("FAILED"));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + site.getAddress().getPort() + path;
    }

    private String add(String path) {
        ApiClient.Reply reply =
                owner.api().post("/api/v1/knowledge-bases/" + base + "/documents", Map.of("url", url(path)));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        return reply.text("id");
    }

    private JsonNode document(String id) {
        return owner.api().get("/api/v1/documents/" + id).json();
    }

    private JsonNode awaitReady(String id) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(document(id).path("status").asString()).isEqualTo("READY"));
        return document(id);
    }

    private String passages() {
        return search("When does the museum open on Sundays?").path("passage").asString();
    }

    private JsonNode search(String query) {
        return owner.api()
                .post("/api/v1/knowledge-bases/" + base + "/search", Map.of("query", query))
                .json()
                .at("/passages/0");
    }
}
