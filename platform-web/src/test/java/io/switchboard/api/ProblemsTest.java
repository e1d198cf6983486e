package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist: ASVS 8.2.3 and 15.3.3 (unknown fields), 16.5.1 (no error tells how the program is made). */
class ProblemsTest extends WebTest {

    private ApiClient api;

    @BeforeEach
    void signIn() {
        api = newTenant().api();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // body | field named
                "{\"name\":\"A\",\"colour\":\"red\"} | colour",
                "{\"name\":\"\"} | name",
                "{} | name",
                "{\"name\":null} | name",
                "{\"name\":5} | name",
                "{\"name\":true} | name",
                "{\"name\":[\"A\"]} | name",
                "{\"name\":{\"x\":1}} | name",
                "{\"name\":\"A\",\"language\":\"klingon\"} | language",
            })
    void names_the_field_that_is_wrong(String body, String field) {
        ApiClient.Reply reply = api.post("/api/v1/knowledge-bases", body);

        assertProblem(reply, 400, "Bad Request");
        assertThat(reply.text("/errors/0/field")).as(reply.toString()).isEqualTo(field);
        assertThat(reply.text("/errors/0/message")).isNotBlank();
    }

    @Test
    void names_a_field_inside_another() {
        ApiClient.Reply unknown = newOperator()
                .post(
                        "/api/v1/tenants",
                        "{\"name\":\"A\",\"slug\":\"a-b\",\"owner\":{\"email\":\"a@example.org\",\"password\":\"long enough\",\"x\":1}}");
        ApiClient.Reply blank = newOperator()
                .post(
                        "/api/v1/tenants",
                        "{\"name\":\"A\",\"slug\":\"a-b\",\"owner\":{\"email\":\"\",\"password\":\"long enough\"}}");

        assertThat(unknown.text("/errors/0/field")).isEqualTo("owner.x");
        assertThat(blank.text("/errors/0/field")).isEqualTo("owner.email");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``",
                "{",
                "{\"name\":\"A\"}}",
                "[]",
                "\"text\"",
                "null",
                "{\"name\":\"A\",\"name\":\"B\"}",
                "{\"name\": \"\u0001\"}"
            })
    void refuses_bodies_that_are_no_json_object(String body) {
        assertProblem(api.post("/api/v1/knowledge-bases", body), 400, "Bad Request");
    }

    @Test
    void refuses_bytes_that_are_no_text() {
        byte[] bytes = {'{', '"', 'n', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};

        assertProblem(api.send("POST", "/api/v1/knowledge-bases", "application/json", bytes), 400, "Bad Request");
    }

    @Test
    void refuses_other_media_types_methods_and_paths() {
        byte[] body = "name=A".getBytes(StandardCharsets.UTF_8);

        assertProblem(
                api.send("POST", "/api/v1/knowledge-bases", "application/x-www-form-urlencoded", body),
                415,
                "Unsupported Media Type");
        assertProblem(api.delete("/api/v1/knowledge-bases"), 405, "Method Not Allowed");
        assertProblem(api.get("/api/v1/nothing-here"), 404, "Not Found");
        assertProblem(api.get("/api"), 404, "Not Found");
        assertProblem(api.get("/api/v1/documents/no-id"), 404, "Not Found");
        assertProblem(
                api.withHeader("Accept", "application/xml").get("/api/v1/knowledge-bases"), 406, "Not Acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=201,limit",
        "limit=x,limit",
        "limit=1.5,limit",
        "limit=99999999999,limit",
        "after=x,after",
        "after=%27%3B--,after"
    })
    void refuses_pages_that_cannot_be(String query, String field) {
        ApiClient.Reply reply = api.get("/api/v1/knowledge-bases?" + query);

        assertProblem(reply, 400, "Bad Request");
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,from", "to=2026-02-30,to", "from=2026-02-02&to=2026-02-01,from",
        "from=2020-01-01&to=2026-01-01,from", "to=%2B999999999-12-31,to", "from=0001-01-01,from"
    })
    void refuses_days_that_cannot_be(String query, String field) {
        ApiClient.Reply reply = api.get("/api/v1/usage?" + query);

        assertProblem(reply, 400, "Bad Request");
        assertThat(reply.text("/errors/0/field")).as(reply.toString()).isEqualTo(field);
    }

    @Test
    void answers_a_malformed_address_with_a_problem_too() {
        ApiClient.Reply reply = api.get("/api/v1/%2e%2e%2f;x=1//");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.response().body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private static void assertProblem(ApiClient.Reply reply, int status, String title) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).as(reply.toString()).startsWith("application/problem+json");
        assertThat(reply.text("type")).isEqualTo("about:blank");
        assertThat(reply.text("title")).isEqualTo(title);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.text("detail")).isNotBlank();
        assertThat(reply.response().body()).doesNotContain("Exception").doesNotContain("io.switchboard");
    }
}
