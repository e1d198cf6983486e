package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentApiTest extends WebTest {

    private ApiClient api;
    private String base;

    @BeforeEach
    void createKnowledgeBase() {
        api = newTenant().api();
        base = "/api/v1/knowledge-bases/"
                + api.post("/api/v1/knowledge-bases", Map.of("name", "Handbook", "language", "en"))
                        .text("id");
    }

    @Test
    void takes_a_file_from_upload_to_a_passage_that_is_found() {
        ApiClient.Reply uploaded = upload("hours.md", "# Opening hours\n\nThe museum opens at ten o'clock on Sundays.");
        assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(202);
        assertThat(uploaded.text("status")).isEqualTo("PENDING");
        String document = "/api/v1/documents/" + uploaded.text("id");
        assertThat(uploaded.header("Location")).isEqualTo(document);

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(api.get(document).text("status")).isEqualTo("READY"));

        assertThat(api.get(document).json().path("chunks").asInt()).isPositive();
        assertThat(api.get(document).json().path("progress").asDouble()).isEqualTo(1.0);
        assertThat(api.get(document + "/chunks").text("/items/0/text")).contains("ten o'clock");
        assertThat(api.get(base + "/documents").text("/items/0/name")).isEqualTo("hours.md");
        ApiClient.Reply found = api.post(base + "/search", Map.of("query", "When does the museum open?", "limit", 3));
        assertThat(found.text("/passages/0/passage")).as(found.toString()).contains("ten o'clock");
        assertThat(found.text("/passages/0/document")).isEqualTo("hours.md");
        assertThat(found.json().at("/passages/0/scores/fused").isNumber()).isTrue();
        assertThat(found.json().at("/timings/searchMillis").isNumber()).isTrue();

        assertThat(api.delete(document).status()).isEqualTo(204);
        assertThat(api.get(document).status()).isEqualTo(404);
        assertThat(api.delete(document).status()).isEqualTo(404);
    }

    @Test
    void lets_an_editor_correct_passages_and_keeps_that_over_the_next_upload() {
        String document = "/api/v1/documents/"
                + upload("hours.md", "# Opening hours\n\nThe museum opens at ten o'clock on Sundays.")
                        .text("id");
        awaitReady(document);
        ApiClient.Reply first = api.get(document + "/chunks");
        String chunk = document + "/chunks/" + first.text("/items/0/id");
        assertThat(first.text("/items/0/origin")).isEqualTo("DOCUMENT");
        assertThat(first.json().at("/items/0/revision").asInt()).isEqualTo(1);

        ApiClient.Reply edited =
                api.patch(chunk, Map.of("revision", 1, "text", "The museum opens at noon on Sundays."));
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        assertThat(edited.text("original")).contains("ten o'clock");
        assertThat(edited.json().path("edited").asBoolean()).isTrue();
        ApiClient.Reply found = api.post(base + "/search", Map.of("query", "When does the museum open?", "limit", 3));
        assertThat(found.text("/passages/0/passage")).contains("noon");
        ApiClient.Reply late = api.patch(chunk, Map.of("revision", 1, "enabled", false));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("/errors/0/field")).isEqualTo("revision");
        assertThat(api.patch(chunk, Map.of("revision", 2, "text", " ")).status())
                .isEqualTo(422);
        assertThat(api.patch(chunk, Map.of("revision", 2, "text", "x", "undo", true))
                        .status())
                .isEqualTo(400);

        ApiClient.Reply added = api.post(
                document + "/chunks", Map.of("text", "Lockers take a coin.", "after", first.text("/items/0/id")));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.text("origin")).isEqualTo("HAND");
        assertThat(api.get(added.header("Location")).text("text")).isEqualTo("Lockers take a coin.");

        ApiClient.Reply again = upload("hours.md", "# Opening hours\n\nThe museum opens at eleven o'clock on Sundays.");
        assertThat("/api/v1/documents/" + again.text("id")).isEqualTo(document);
        awaitReady(document);
        ApiClient.Reply conflict = api.get(chunk);
        assertThat(conflict.text("text")).contains("noon");
        assertThat(conflict.text("/conflict/kind")).isEqualTo("CHANGED");
        assertThat(conflict.text("/conflict/text")).contains("eleven");
        int revision = conflict.json().path("revision").asInt();
        ApiClient.Reply taken = api.patch(chunk, Map.of("revision", revision, "choice", "TAKE_NEW"));
        assertThat(taken.text("text")).contains("eleven");
        assertThat(taken.json().path("conflict").isNull()).isTrue();
        assertThat(api.get(document + "/chunks").text("/items/1/text")).isEqualTo("Lockers take a coin.");
        assertThat(api.delete(added.header("Location") + "?revision=1").status())
                .isEqualTo(204);
        assertThat(api.get(added.header("Location")).status()).isEqualTo(404);
        assertThat(api.delete(chunk + "?revision=" + (revision + 1)).status()).isEqualTo(422);
    }

    @Test
    void explains_why_an_expected_passage_is_found_or_not() {
        String hours = "/api/v1/documents/"
                + upload("hours.md", "# Opening hours\n\nThe museum opens at ten o'clock on Sundays.")
                        .text("id");
        String dogs = "/api/v1/documents/"
                + upload("dogs.md", "# Dogs\n\nDogs on a lead may enter the garden.")
                        .text("id");
        awaitReady(hours);
        awaitReady(dogs);
        ApiClient.Reply tagged = api.patch(dogs, Map.of("tags", List.of("Rules", "garden")));
        assertThat(tagged.json().path("tags").toString()).isEqualTo("[\"garden\",\"rules\"]");
        String expected = api.get(dogs + "/chunks").text("/items/0/id");
        Map<String, Object> search = Map.of("query", "When does the museum open?", "limit", 1);

        ApiClient.Reply plain = api.post(base + "/search", search);
        assertThat(plain.json().path("whyNot").isNull()).isTrue();
        assertThat(plain.json().at("/passages/0/packed").asBoolean()).isTrue();
        ApiClient.Reply why = api.post(base + "/search", with(search, "expect", expected));
        assertThat(why.text("/whyNot/verdict")).as(why.toString()).isEqualTo("BEYOND_LIMIT");
        assertThat(why.json().at("/whyNot/dense/rank").asInt()).isEqualTo(2);
        assertThat(why.json().at("/whyNot/lexical").isNull()).isTrue();
        assertThat(why.json().path("passages")).isEqualTo(plain.json().path("passages"));
        ApiClient.Reply filtered = api.post(base + "/search", with(search, "filter", Map.of("tags", List.of("RULES"))));
        assertThat(filtered.text("/passages/0/document")).isEqualTo("dogs.md");
        assertThat(api.post(base + "/search", with(search, "filter", Map.of("colour", "red")))
                        .status())
                .isEqualTo(400);
        assertThat(api.patch(dogs, Map.of("tags", List.of("x".repeat(41)))).status())
                .isEqualTo(400);
    }

    private static Map<String, Object> with(Map<String, Object> search, String field, Object value) {
        Map<String, Object> more = new HashMap<>(search);
        more.put(field, value);
        return more;
    }

    private void awaitReady(String document) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(api.get(document).text("status")).isEqualTo("READY"));
    }

    @Test
    void takes_a_question_with_its_answer() {
        ApiClient.Reply added = api.post(
                base + "/documents", Map.of("question", "Is there parking?", "answer", "Yes, behind the house."));

        assertThat(added.status()).as(added.toString()).isEqualTo(202);
        assertThat(added.text("kind")).isEqualTo("FAQ");
        assertThat(added.text("name")).isEqualTo("Is there parking?");
    }

    @Test
    void refuses_a_sitemap_that_is_none_or_comes_with_something_else() {
        ApiClient.Reply bad = api.post(base + "/documents", Map.of("sitemap", "ftp://example.org/sitemap.xml"));
        ApiClient.Reply both = api.post(
                base + "/documents",
                Map.of("sitemap", "https://example.org/sitemap.xml", "url", "https://example.org/"));

        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.text("/errors/0/field")).isEqualTo("sitemap");
        assertThat(both.status()).isEqualTo(400);
    }

    @Test
    void refuses_addresses_that_are_none_and_fails_those_that_lead_inside() {
        for (String typed : List.of("example", "ftp://example.org", "http://user@example.org", "http://2130706433/")) {
            ApiClient.Reply refused = api.post(base + "/documents", Map.of("url", typed));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("url");
        }

        ApiClient.Reply inside = api.post(base + "/documents", Map.of("url", "http://127.0.0.1/health"));

        assertThat(inside.status()).as(inside.toString()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            ApiClient.Reply document = api.get("/api/v1/documents/" + inside.text("id"));
            assertThat(document.text("status")).isEqualTo("FAILED");
            assertThat(document.text("reason")).contains("closed to tenants");
        });
    }

    @Test
    void names_what_is_missing_in_an_upload() {
        ApiClient.Reply noAnswer = api.post(base + "/documents", Map.of("question", "Open?"));
        ApiClient.Reply noFile = api.send(
                "POST",
                base + "/documents",
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        ApiClient.Reply noName = api.send(
                "POST",
                base + "/documents",
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\nx\r\n--b--\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        ApiClient.Reply broken = api.send(
                "POST",
                base + "/documents",
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-d".getBytes(StandardCharsets.UTF_8));

        assertThat(noAnswer.text("/errors/0/field")).as(noAnswer.toString()).isEqualTo("answer");
        assertThat(noFile.status()).isEqualTo(400);
        assertThat(noFile.text("/errors/0/field")).as(noFile.toString()).isEqualTo("file");
        assertThat(noName.status()).as(noName.toString()).isEqualTo(400);
        assertThat(broken.status()).as(broken.toString()).isEqualTo(400);
    }

    @Test
    void refuses_a_file_that_is_too_large_with_413() {
        ApiClient.Reply reply =
                api.upload(base + "/documents", "large.txt", "text/plain", new byte[50 * 1024 * 1024 + 100]);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(413);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void reports_figures_of_a_new_tenant() {
        ApiClient.Reply usage = api.get("/api/v1/usage");
        ApiClient.Reply stats = api.get("/api/v1/stats?from=2026-11-01&to=2026-11-30");

        assertThat(usage.text("plan")).as(usage.toString()).isEqualTo("standard");
        assertThat(usage.json().path("limit").asLong()).isEqualTo(5000);
        assertThat(usage.json().path("used").asLong()).isZero();
        assertThat(usage.json().path("days").size()).isZero();
        assertThat(stats.json().path("received").asLong(-1))
                .as(stats.toString())
                .isZero();
    }

    private ApiClient.Reply upload(String name, String text) {
        return api.upload(base + "/documents", name, "text/markdown", text.getBytes(StandardCharsets.UTF_8));
    }
}
