package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.switchboard.WebTest;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a stranger gets to see of the program, at every address it has. */
class ExposureTest extends WebTest {

    private static World shared;

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    Endpoints endpoints;

    @Autowired
    ServletContext context;

    @Autowired
    WorldMaker worlds;

    /** Checklist: ASVS 3.4.x, headers on every route (crawl all). */
    @Test
    void guards_every_address_with_headers() throws Exception {
        List<String> paths = Stream.concat(
                        endpoints.all().stream().map(Endpoint::pattern),
                        ApplicationRouteRegistry.getInstance(new VaadinServletContext(context))
                                .getRegisteredRoutes()
                                .stream()
                                .map(route -> "/" + route.getTemplate().replaceAll(":[a-zA-Z]+[^/]*", "x")))
                .map(path ->
                        path.replaceAll("\\{[^}]*}", "x").replace("**", "x").replace("*", "x"))
                .distinct()
                .toList();

        assertThat(paths).hasSizeGreaterThan(70);
        for (String path : paths) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(response.headers().firstValue("X-Frame-Options"))
                    .as(path)
                    .contains("DENY");
            assertThat(response.headers().firstValue("Referrer-Policy"))
                    .as(path)
                    .get()
                    .asString()
                    .isIn("no-referrer", "same-origin");
            String policy =
                    response.headers().firstValue("Content-Security-Policy").orElse("");
            assertThat(policy)
                    .as(path)
                    .contains("default-src '", "frame-ancestors 'none'")
                    .doesNotContain("http", "//", " *");
            assertThat(response.headers().firstValue("Server")).as(path).isEmpty();
            assertThat(response.body()).as(path).doesNotContain("Exception", "\tat ");
        }
    }

    /** Checklist: Vaadin specifics, anonymous probing (CVE-2026-2742): no data, no session. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/VAADIN",
                "/VAADIN/",
                "/VAADIN/x",
                "/VAADIN/dynamic/resource/0/00000000-0000-0000-0000-000000000000/audit.csv",
                "/VAADIN/dynamic/",
                "/VAADIN/push",
                "/vaadinServlet",
                "/vaadinServlet/",
                "/vaadinServlet/knowledge",
                "/vaadinServlet/VAADIN/",
                "/knowledge/",
                "/conversations/",
                "/audit/",
                "/%6bnowledge",
                "/audit%2f",
                "/%56AADIN/",
                "//VAADIN",
                "/VAADIN;x=1/",
                "/knowledge;x=1",
                "/VAADIN/..;/knowledge",
                "/VAADIN/../knowledge",
                "/VAADIN/%2e%2e/knowledge",
                "/%2e/knowledge",
                "/.//knowledge",
                "/?v-r=uidl&v-uiId=0",
                "/?v-r=heartbeat",
                "/vaadinServlet?v-r=uidl&v-uiId=0",
                "/?v-r=push&debug_window",
                "/KNOWLEDGE",
                "/sw.js/../knowledge"
            })
    void shows_a_stranger_neither_data_nor_a_session(String path) throws Exception {
        World world = theWorld();

        String answer = raw(path);

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain(world.canary(), world.value("knowledge-base"));
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status).as(answer).isIn(200, 302, 400, 401, 403, 404, 503);
        if (status == 200) { // the bare frame, or the advice to switch cookies on
            assertThat(answer).doesNotContain("sb-page", "\"execute\"", "Vaadin-Security-Key");
        }
        if (path.contains("VAADIN") || path.contains("vaadinServlet")) {
            assertThat(answer).doesNotContain("Set-Cookie: switchboard=");
        }
        assertThat(letIn(answer)).as("session of " + path).isFalse();
    }

    /** One for all addresses, since making it takes seconds. */
    private World theWorld() {
        if (shared == null) {
            shared = worlds.make('s');
        }
        return shared;
    }

    /** A session that a redirect may have opened must not be one of somebody signed in. */
    private boolean letIn(String answer) throws IOException, InterruptedException {
        String cookie = answer.lines()
                .filter(line -> line.startsWith("Set-Cookie: switchboard="))
                .map(line -> line.substring("Set-Cookie: ".length(), line.indexOf(';')))
                .findFirst()
                .orElse("switchboard=none");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .header("Cookie", cookie)
                .header("Accept", "text/html")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 302;
    }

    /** Checklist: ASVS 13.4.2 and 13.4.5, actuator only health anonymously. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/heapdump",
                "/actuator/threaddump",
                "/actuator/loggers",
                "/actuator/configprops",
                "/actuator/mappings",
                "/actuator/prometheus",
                "/actuator/prometheus/",
                "/actuator/shutdown",
                "/actuator/httpexchanges",
                "/actuator/liquibase",
                "/actuator/metrics",
                "/actuator/info"
            })
    void keeps_the_actuator_closed(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(401, 404);
    }

    @Test
    void tells_a_stranger_of_its_health_only_whether_it_is_well() throws Exception {
        assertThat(get("/actuator/health").body()).contains("UP").doesNotContain("postgres", "diskSpace", "details");
        assertThat(get("/health").body()).contains("UP").doesNotContain("details", "path", "jdbc");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html,application/json")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** As it is written: a client library would tidy the path up. */
    private String raw(String path) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
