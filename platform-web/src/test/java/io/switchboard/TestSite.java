package io.switchboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site on this machine whose pages change under the test's hands, with an ETag for each, and a record of who asked for what. */
public final class TestSite implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<String, String> robots = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private TestSite(HttpServer server) {
        this.server = server;
    }

    public static TestSite open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        TestSite site = new TestSite(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", site::answer);
        server.start();
        return site;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** A page with a heading and text, and links to these paths. */
    public void page(String path, String text, String... links) {
        StringBuilder html = new StringBuilder("<html><body><h1>" + path + "</h1><p>" + text + "</p>");
        for (String link : links) {
            html.append("<a href=\"").append(link).append("\">").append(link).append("</a> ");
        }
        put(path, html + "</body></html>");
    }

    public void put(String path, String content) {
        pages.put(path, content);
        statuses.remove(path);
    }

    /** Sends this in {@code X-Robots-Tag} with a page. */
    public void askRobots(String path, String wish) {
        robots.put(path, wish);
    }

    public void answerWith(String path, int status) {
        statuses.put(path, status);
    }

    public void remove(String path) {
        pages.remove(path);
    }

    /** Method, path and status of each request, and what it asked for conditionally. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** How many requests were open at the same time at most. */
    public int mostOpen() {
        return mostOpen.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String page = pages.get(path);
            Integer forced = statuses.get(path);
            if (forced != null || page == null) {
                send(exchange, path, Objects.requireNonNullElse(forced, 404), "");
                return;
            }
            String etag = '"' + Integer.toHexString(page.hashCode()) + '"';
            exchange.getResponseHeaders().set("ETag", etag);
            if (robots.containsKey(path)) {
                exchange.getResponseHeaders().set("X-Robots-Tag", robots.get(path));
            }
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                send(exchange, path, 304, "");
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            page.startsWith("<?xml")
                                    ? "application/xml"
                                    : page.startsWith("<") ? "text/html" : "text/plain");
            send(exchange, path, 200, page);
        } finally {
            open.decrementAndGet();
        }
    }

    private void send(HttpExchange exchange, String path, int status, String content) throws IOException {
        requests.add(path + " " + status);
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
