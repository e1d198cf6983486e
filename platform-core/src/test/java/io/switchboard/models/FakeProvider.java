package io.switchboard.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A model provider on this machine that answers as scripted and keeps what it was sent. */
public final class FakeProvider implements AutoCloseable {

    /**
     * A request as it came.
     *
     * @param key from whatever header the provider's protocol uses
     */
    public record Received(String path, String key, String body) {}

    private enum Manner {
        PROMPT,
        HANGS,
        DRIPS
    }

    private record Scripted(int status, String body, Map<String, String> headers, Manner manner) {}

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    public List<Received> received() {
        return received;
    }

    public void answers(int status, String body) {
        script.add(new Scripted(status, body, Map.of(), Manner.PROMPT));
    }

    public void answers(int status, String body, String header, String value) {
        script.add(new Scripted(status, body, Map.of(header, value), Manner.PROMPT));
    }

    public void hangs() {
        script.add(new Scripted(200, "", Map.of(), Manner.HANGS));
    }

    /** Sends a byte now and then, and never ends. */
    public void drips() {
        script.add(new Scripted(200, "", Map.of(), Manner.DRIPS));
    }

    /** Forgets what was scripted and what was received. */
    public void reset() {
        script.clear();
        received.clear();
    }

    /** A chat completion in OpenAI's shape. */
    public void says(String text) {
        answers(200, """
                {"id": "1", "object": "chat.completion", "model": "m",
                 "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                 "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}}
                """.formatted(json.writeValueAsString(text)));
    }

    /** A chat completion in OpenAI's events, one for each part, which break off without an end unless it is {@code whole}. */
    public void streams(boolean whole, String... parts) {
        StringBuilder events = new StringBuilder();
        for (String part : parts) {
            events.append("data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": %s}}]}\n\n"
                    .formatted(json.writeValueAsString(part)));
        }
        if (whole) {
            events.append("""
                    data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}

                    data: {"choices": [], "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}}

                    data: [DONE]

                    """);
        }
        answers(200, events.toString(), "Content-Type", "text/event-stream");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(exchange.getRequestURI().getPath(), key(exchange), body));
        Scripted answer = script.poll();
        if (answer == null) {
            answer = new Scripted(500, "{\"error\": {\"message\": \"nothing scripted\"}}", Map.of(), Manner.PROMPT);
        }
        switch (answer.manner()) {
            case PROMPT -> {}
            case HANGS -> awaitEnd(Duration.ofDays(1));
            case DRIPS -> {
                drip(exchange);
                return;
            }
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String key(HttpExchange exchange) {
        for (String header : List.of("Authorization", "x-api-key", "x-goog-api-key")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (!awaitEnd(Duration.ofMillis(20))) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        }
    }

    private boolean awaitEnd(Duration longest) {
        try {
            return closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
