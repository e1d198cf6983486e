package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of questions, owners and ends of documents. */
class KnowledgeCareApiTest extends WebTest {

    private ApiClient api;
    private String base;

    @BeforeEach
    void makeBase() {
        api = newTenant().api();
        base = "/api/v1/knowledge-bases/"
                + api.post("/api/v1/knowledge-bases", Map.of("name", "Care")).text("id");
    }

    @Test
    void reports_what_came_of_a_table() {
        ApiClient.Reply report = upload("answer,question\nAt nine,When?\n,Why?\n");
        ApiClient.Reply bad = upload("\"open");

        assertThat(report.status()).as(report.toString()).isEqualTo(200);
        assertThat(report.json().path("added").asInt()).isEqualTo(1);
        assertThat(report.json().at("/refused/0/line").asInt()).isEqualTo(3);
        assertThat(report.text("/refused/0/reason")).isEqualTo("The answer is empty.");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.text("/errors/0/field")).isEqualTo("file");
    }

    @Test
    void gives_a_document_an_owner_and_an_end() {
        String id = api.post(base + "/documents", Map.of("question", "When?", "answer", "At nine."))
                .text("id");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(passages()).isEqualTo(1));

        ApiClient.Reply expired = api.patch(
                "/api/v1/documents/" + id, Map.of("owner", "Front desk", "validUntil", "2020-01-01T00:00:00Z"));

        assertThat(expired.status()).as(expired.toString()).isEqualTo(200);
        assertThat(expired.text("owner")).isEqualTo("Front desk");
        assertThat(passages()).isZero();
        assertThat(api.get(base + "/documents?expired=true").text("/items/0/id"))
                .isEqualTo(id);
        ApiClient.Reply extended = api.patch("/api/v1/documents/" + id, Map.of("validUntil", ""));
        assertThat(extended.text("owner")).isEqualTo("Front desk");
        assertThat(extended.json().path("validUntil").isNull()).isTrue();
        assertThat(api.get(base + "/documents?expired=true").json().path("items"))
                .isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(passages()).isEqualTo(1));
        assertThat(api.patch("/api/v1/documents/" + id, Map.of("validUntil", "tomorrow"))
                        .text("/errors/0/field"))
                .isEqualTo("validUntil");
        assertThat(api.patch("/api/v1/documents/" + id, Map.of("owner", "x".repeat(200)))
                        .status())
                .isEqualTo(400);
    }

    private int passages() {
        return api.post(base + "/search", Map.of("query", "When?"))
                .json()
                .path("passages")
                .size();
    }

    private ApiClient.Reply upload(String table) {
        return api.upload(base + "/faqs", "faq.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8));
    }
}
