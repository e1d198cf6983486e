package io.switchboard;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Fills forms and keeps the cookie, as a browser does, and follows no redirect. */
public final class Browserless {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private String cookie;

    public Browserless(int port) {
        this.port = port;
    }

    public String cookie() {
        return cookie;
    }

    public void cookie(String other) {
        cookie = other;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "text/html").GET());
    }

    public HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Where the answer leads. */
    public String signIn(String email, String password) {
        return location(post("/login", Map.of("username", email, "password", password)));
    }

    /** True while the session shows pages. */
    public boolean letIn() {
        return get("/").statusCode() != 302;
    }

    /** The path that a redirect leads to; empty for none. */
    public static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(URI::create)
                .map(to -> to.getPath() + (to.getQuery() == null ? "" : "?" + to.getQuery()))
                .orElse("");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").stream()
                    .filter(value -> value.startsWith("switchboard="))
                    .reduce((first, last) -> last)
                    .ifPresent(value -> cookie = value.substring(0, value.indexOf(';')));
            return response;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
