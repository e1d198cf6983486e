package io.switchboard.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An embedding endpoint of the worst kind: it takes few texts and short ones, wants to be left alone now and then, breaks off, and answers
 * in any order. A vector says how long its text is, as the angle to the first axis.
 */
final class NastyEmbeddings implements AutoCloseable {

    private static final int MOST_TEXTS = 10;
    private static final int LONGEST_TEXT = 300;

    private final JsonMapper json = new JsonMapper();
    private final Random random = new Random(7);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    NastyEmbeddings() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/");
    }

    /** Texts of each request that was answered. */
    List<Integer> batches() {
        return List.copyOf(batches);
    }

    static float[] vector(int length) {
        double angle = length / 400.0;
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 0};
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode input = json.readTree(exchange.getRequestBody().readAllBytes()).path("input");
        int number = requests.incrementAndGet();
        if (number % 9 == 0) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            answer(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
            return;
        }
        if (number % 13 == 0) {
            exchange.close();
            return;
        }
        if (input.size() > MOST_TEXTS) {
            answer(exchange, 422, "{\"error\": \"batch size > maximum allowed batch size\"}");
            return;
        }
        for (JsonNode text : input) {
            if (text.asString().length() > LONGEST_TEXT) {
                answer(exchange, 400, "{\"error\": \"maximum context length\"}");
                return;
            }
        }
        batches.add(input.size());
        List<String> data = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            float[] vector = vector(input.get(i).asString().length());
            data.add("{\"index\": %d, \"embedding\": [%s, %s, 0]}".formatted(i, vector[0] * 3, vector[1] * 3));
        }
        Collections.shuffle(data, random);
        answer(exchange, 200, "{\"data\": [" + String.join(",", data) + "]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
