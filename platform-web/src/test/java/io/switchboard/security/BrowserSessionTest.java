package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Browser sessions and access tokens open each their own world only.
 *
 * <p>Checklist: ASVS 7.2.4 (fixation), 3.5.1 (no cookie opens the API).
 */
class BrowserSessionTest extends WebTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void signs_in_by_form_with_a_new_session_and_opens_nothing_of_the_api() throws Exception {
        SignedInOwner owner = newTenant();
        String before = cookie(get("/login", Map.of())).orElseThrow();

        HttpResponse<String> login = signIn(owner.owner().email().value(), PASSWORD, before);

        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(login.headers().firstValue("Location")).get().asString().doesNotContain("login");
        String after = cookie(login).orElseThrow();
        assertThat(after).as("session fixation").isNotEqualTo(before);
        assertThat(login.headers().firstValue("Set-Cookie")).get().asString().contains("HttpOnly", "SameSite=Lax");
        assertThat(letIn(after)).isTrue();
        assertThat(get("/", Map.of("Cookie", before)).statusCode())
                .as("the old session")
                .isEqualTo(302);
        assertThat(get("/api/v1/me", Map.of("Cookie", after)).statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", Map.of("Cookie", after)).statusCode())
                .isEqualTo(401);
        assertThat(get("/api/v1/messages", Map.of("Cookie", after)).statusCode())
                .isEqualTo(401);
        assertThat(heardWith(after)).as("live events with a cookie").isEqualTo("4401");
    }

    @Test
    void opens_no_page_with_a_token_and_no_door_with_a_wrong_password() throws Exception {
        SignedInOwner owner = newTenant();
        String token = access.openSession(owner.owner()).refreshToken();

        HttpResponse<String> page = get("/", Map.of("Authorization", "Bearer " + token));
        HttpResponse<String> wrong = signIn(owner.owner().email().value(), "wrong password", null);
        HttpResponse<String> unknown = signIn("nobody@example.org", PASSWORD, null);

        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).get().asString().endsWith("/login");
        assertThat(wrong.headers().firstValue("Location")).get().asString().endsWith("/login?error");
        assertThat(unknown.headers().firstValue("Location"))
                .isEqualTo(wrong.headers().firstValue("Location"));
    }

    @Test
    void shows_somebody_suspended_the_door_at_the_next_click() throws Exception {
        SignedInOwner owner = newTenant();
        String cookie =
                cookie(signIn(owner.owner().email().value(), PASSWORD, null)).orElseThrow();
        assertThat(letIn(cookie)).isTrue();

        access.changeSuspension(owner.owner().id(), true);

        assertThat(letIn(cookie)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login", "/", "/api/v1/me", "/health", "/webhooks/nothing", "/v3/api-docs", "/no-such-page"})
    void guards_every_answer_with_headers(String path) throws Exception {
        HttpResponse<String> response = get(path, Map.of());

        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(response.headers().firstValue("Referrer-Policy")).isPresent();
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/VAADIN", "/vaadinServlet", "/vaadinServlet/", "/knowledge", "/conversations", "/no-such-page"})
    void shows_a_stranger_no_page(String path) throws Exception {
        HttpResponse<String> response = get(path, Map.of());

        assertThat(response.statusCode()).as(path).isIn(302, 401, 403, 404);
    }

    @Test
    void explains_the_api_to_anybody() throws Exception {
        HttpResponse<String> description = get("/v3/api-docs", Map.of());
        HttpResponse<String> docs = get("/docs", Map.of());

        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body())
                .contains("/api/v1/knowledge-bases", "/api/v1/tenants", "/api/v1/messages", "/api/v1/events");
        assertThat(docs.statusCode()).isEqualTo(302);
        String page = URI.create("http://localhost/")
                .resolve(docs.headers().firstValue("Location").orElseThrow())
                .getPath();
        assertThat(get(page, Map.of()).statusCode()).isEqualTo(200);
    }

    /** Why a WebSocket that has a cookie and no token in its first frame is closed. */
    private String heardWith(String cookie) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Cookie", cookie)
                .buildAsync(URI.create("ws://localhost:" + port + "/api/v1/events"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.complete(text.toString());
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                        heard.complete(Integer.toString(status));
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText("{}", true).get(10, TimeUnit.SECONDS);
        return heard.get(10, TimeUnit.SECONDS);
    }

    /** False if the door is shown; the page itself needs the bundle, so what it shows is for the tests of the pages. */
    private boolean letIn(String cookie) throws IOException, InterruptedException {
        return get("/", Map.of("Cookie", cookie)).statusCode() != 302;
    }

    private HttpResponse<String> signIn(String email, String password, String cookie)
            throws IOException, InterruptedException {
        String form = "username=" + URLEncoder.encode(email, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        HttpRequest.Builder request = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/html,application/json");
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static Optional<String> cookie(HttpResponse<String> response) {
        List<String> cookies = response.headers().allValues("Set-Cookie");
        return cookies.stream()
                .filter(cookie -> cookie.startsWith("switchboard="))
                .reduce((first, last) -> last)
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')));
    }
}
