package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.Browserless;
import io.switchboard.WebTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: ASVS 3.3.x, 3.4.x, 3.5.1, 4.3, 13.4.2: cookies, forged clicks, endless bodies, and what the program shows of itself. */
class HardeningTest extends WebTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void refuses_a_click_without_the_pages_own_token() throws Exception {
        SignedInOwner owner = newTenant();
        String form = "username=" + URLEncoder.encode(owner.owner().email().value(), StandardCharsets.UTF_8)
                + "&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        JsonNode page =
                JSON.readTree(send(request("/?v-r=init&location=&query=")).body());
        String token = page.at("/appConfig/uidl/Vaadin-Security-Key").asString();
        String ui = page.at("/appConfig/v-uiId").asString();
        assertThat(token).as(page.toString()).isNotBlank();

        HttpResponse<String> forged = click(ui, "00000000-0000-0000-0000-000000000000");
        HttpResponse<String> missing = click(ui, null);
        HttpResponse<String> real = click(ui, token);

        assertThat(List.of(forged.body(), missing.body()))
                .as("tells the page to start anew, and does nothing")
                .allSatisfy(refused -> assertThat(refused).contains("appError", "\"syncId\":-1"));
        assertThat(real.body()).contains("\"syncId\":").doesNotContain("appError", "\"syncId\":-1");
    }

    /** What a page of somebody else can make a browser send: the cookie, a form, a type that needs no permission; but no token. */
    @Test
    void signs_nobody_out_and_changes_nothing_for_a_page_of_another_origin() throws Exception {
        SignedInOwner owner = newTenant();
        Browserless victim = new Browserless(port);
        victim.signIn(owner.owner().email().value(), PASSWORD);
        String bases = owner.api().get("/api/v1/knowledge-bases").response().body();

        victim.post("/logout", Map.of());
        assertThat(victim.letIn()).isTrue();
        victim.post("/logout", Map.of("_csrf", "00000000-0000-0000-0000-000000000000"));
        assertThat(victim.letIn()).isTrue();
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/json")) {
            HttpResponse<String> forged = send(request("/api/v1/knowledge-bases")
                    .header("Cookie", victim.cookie())
                    .header("Origin", "https://evil.example")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Forged\",\"language\":\"en\"}")));
            assertThat(forged.statusCode()).as(type).isEqualTo(401);
            assertThat(forged.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }

        assertThat(owner.api().get("/api/v1/knowledge-bases").response().body()).isEqualTo(bases);
    }

    @Test
    void refuses_a_body_that_no_endpoint_needs() {
        ApiClient api = newTenant().api();
        String large = "{\"name\":\"" + "x".repeat(1_100_000) + "\"}";

        ApiClient.Reply announced = api.post("/api/v1/knowledge-bases", large);

        assertThat(announced.status())
                .as(announced.toString().substring(0, 200))
                .isEqualTo(413);
        assertThat(announced.text("detail")).contains("1 MB").endsWith(".");
        assertThat(anonymous().post("/api/v1/auth/login", large).status()).isEqualTo(413);
    }

    @Test
    void ends_a_body_that_does_not_say_how_long_it_is() throws Exception {
        SignedInOwner owner = newTenant();
        byte[] large = ("{\"name\":\"" + "x".repeat(3_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        String authorization = owner.api().header("Authorization");

        HttpResponse<String> answer = send(request("/api/v1/knowledge-bases")
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void shows_nothing_of_itself_but_its_health() {
        ApiClient operator = newOperator();

        for (String path : List.of(
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/beans",
                "/actuator/configprops",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/mappings",
                "/actuator/shutdown",
                "/actuator")) {
            assertThat(anonymous().get(path).status()).as(path).isEqualTo(401);
            assertThat(newTenant().api().get(path).status()).as(path).isEqualTo(403);
            assertThat(operator.get(path).status()).as(path).isIn(404, 200);
        }
        assertThat(operator.get("/actuator/env").status()).isEqualTo(404);
        assertThat(operator.get("/actuator/heapdump").status()).isEqualTo(404);
    }

    @Test
    void lets_pages_load_from_this_origin_only() throws Exception {
        String policy = send(request("/login"))
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();

        assertThat(policy)
                .contains("default-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'")
                .doesNotContain("http:", "https:", "*");
    }

    /** What a page shows is never kept, and what it is built of is not asked for again at each page. */
    @Test
    void lets_browsers_keep_the_files_of_the_build_and_nothing_else() throws Exception {
        HttpResponse<String> page = send(request("/login"));
        String script = Pattern.compile("VAADIN/build/indexhtml-[^\"]+\\.js")
                .matcher(page.body())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();

        HttpResponse<String> file = send(request("/" + script));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).get().asString().startsWith("max-age=");
        assertThat(file.headers().firstValue("Pragma")).isEmpty();
        assertThat(file.headers().firstValue("Expires")).isEmpty();
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        for (String path : List.of("/login", "/?v-r=init&location=&query=", "/VAADIN/dynamic/resource/0/0/audit.csv")) {
            assertThat(send(request(path)).headers().firstValue("Pragma"))
                    .as(path)
                    .contains("no-cache");
        }
    }

    private HttpResponse<String> click(String ui, String token) throws IOException, InterruptedException {
        Map<String, Object> body = token == null
                ? Map.of("rpc", List.of(), "syncId", 0, "clientId", 0)
                : Map.of("csrfToken", token, "rpc", List.of(), "syncId", 0, "clientId", 0);
        return send(request("/?v-r=uidl&v-uiId=" + ui)
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
