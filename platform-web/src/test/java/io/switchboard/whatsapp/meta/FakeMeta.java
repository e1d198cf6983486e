package io.switchboard.whatsapp.meta;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Meta's Graph API on a loopback port. It keeps what was sent, number by number, and answers as scripted, else as Meta does
 * when all is well.
 */
public final class FakeMeta {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final FakeMeta SHARED = new FakeMeta();

    private final Map<String, PhoneNumber> numbers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    private FakeMeta() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the stand-in of Meta", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            closing.countDown();
            server.stop(0);
        }));
    }

    /** One for all tests of a run; tests use numbers of their own. */
    public static FakeMeta shared() {
        return SHARED;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The number with this phone number id, as a test sees it. */
    public PhoneNumber number(String phoneNumberId) {
        return numbers.computeIfAbsent(phoneNumberId, _ -> new PhoneNumber());
    }

    /**
     * A request to send.
     *
     * @param messageId what Meta gave it, whether or not the caller heard of it; null if refused
     */
    public record Send(Instant at, String version, String authorization, JsonNode body, String messageId) {

        public String to() {
            return body.path("to").asString(null);
        }

        public String text() {
            return body.path("text").path("body").asString(null);
        }
    }

    /** How to answer one request. */
    public sealed interface Answer {

        record Accept(Duration after) implements Answer {}

        /** Takes the message and never says so. */
        record AcceptAndHang() implements Answer {}

        /** Takes the message and breaks the connection. */
        record AcceptAndBreak() implements Answer {}

        record Refuse(int httpStatus, String body) implements Answer {}

        static Answer ok() {
            return new Accept(Duration.ZERO);
        }

        /** An error as the Cloud API writes it. */
        static Answer error(int httpStatus, int code) {
            return new Refuse(
                    httpStatus,
                    JSON.writeValueAsString(Map.of(
                            "error",
                            Map.of(
                                    "message",
                                    "(#" + code + ") scripted error",
                                    "type",
                                    "OAuthException",
                                    "code",
                                    code,
                                    "error_data",
                                    Map.of("messaging_product", "whatsapp", "details", "for a test"),
                                    "fbtrace_id",
                                    "A1b2"))));
        }
    }

    /** What was sent through one number, and what it answers next. */
    public static final class PhoneNumber {

        private final List<Send> requests = new CopyOnWriteArrayList<>();
        private final Queue<Answer> script = new ArrayDeque<>();

        /** Answers the next requests so, then well again. */
        public synchronized void script(Answer... answers) {
            script.addAll(List.of(answers));
        }

        private synchronized Answer next() {
            return script.isEmpty() ? Answer.ok() : script.remove();
        }

        /** All requests in order of arrival, refused ones too. */
        public List<Send> requests() {
            return List.copyOf(requests);
        }

        /** Messages that a customer has got. */
        public List<Send> delivered() {
            return requests.stream().filter(send -> send.messageId() != null).toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            if (!exchange.getRequestMethod().equals("POST") || path.length != 4 || !path[3].equals("messages")) {
                write(exchange, 404, "{}");
                return;
            }
            PhoneNumber number = number(path[2]);
            Answer answer = number.next();
            String id = answer instanceof Answer.Refuse ? null : "wamid." + UUID.randomUUID();
            Send send = new Send(
                    Instant.now(),
                    path[1],
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    JSON.readTree(bytes),
                    id);
            number.requests.add(send);
            answer(exchange, answer, send);
        }
    }

    private void answer(HttpExchange exchange, Answer answer, Send send) throws IOException {
        switch (answer) {
            case Answer.Accept(var after) -> {
                pause(after);
                String contact =
                        send.to() == null ? send.body().path("recipient").asString() : send.to();
                write(
                        exchange,
                        200,
                        JSON.writeValueAsString(Map.of(
                                "messaging_product", "whatsapp",
                                "contacts", List.of(Map.of("input", contact, "wa_id", contact)),
                                "messages", List.of(Map.of("id", send.messageId())))));
            }
            case Answer.AcceptAndHang() -> pause(Duration.ofSeconds(60));
            case Answer.AcceptAndBreak() -> {} // closing the exchange without an answer closes the connection
            case Answer.Refuse(var status, var body) -> write(exchange, status, body);
        }
    }

    private void pause(Duration duration) {
        try {
            boolean closed = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            if (closed) {
                throw new IllegalStateException("the stand-in of Meta is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
