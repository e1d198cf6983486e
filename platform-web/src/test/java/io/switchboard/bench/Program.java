package io.switchboard.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Switchboard as its users run it: the jar in a process of its own, reached over HTTP. */
final class Program implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(25);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = JsonMapper.shared();
    private final Process process;
    private final URI address;
    private final Path log;
    private final long began;

    private Program(Process process, URI address, Path log, long began) {
        this.process = process;
        this.address = address;
        this.log = log;
        this.began = began;
    }

    /** Starts the jar with the options that {@code ./platform run} gives it. */
    static Program start(Path jar, Path data, Map<String, String> settings) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String flags = System.getenv().getOrDefault("SWITCHBOARD_BENCH_JVM_FLAGS", "");
        Stream.of(flags.split(" ", -1)).filter(flag -> !flag.isEmpty()).forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        Files.createDirectories(data);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
        builder.environment().put("SWITCHBOARD_PORT", Integer.toString(port));
        builder.environment().put("SWITCHBOARD_DATA_DIR", data.toString());
        long began = System.nanoTime();
        return new Program(builder.start(), URI.create("http://127.0.0.1:" + port), log, began);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Milliseconds from the start of the process until now. */
    long millis() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** Milliseconds from the start of the process until {@code /health} answered 200. */
    long millisToHealthy() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/health")).build();
        while (millis() < START_LIMIT.toMillis()) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return millis();
                }
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the program ended by itself; see " + log, notYet);
                }
            }
            Thread.sleep(POLL);
        }
        throw new IllegalStateException("not healthy after " + START_LIMIT + "; see " + log);
    }

    /** Signs in and returns the access token. */
    String signIn(String email, String password) throws IOException, InterruptedException {
        return call("POST", "/api/v1/auth/login", "", Map.of("email", email, "password", password))
                .required("accessToken")
                .asString();
    }

    JsonNode get(String path, String token) throws IOException, InterruptedException {
        return call("GET", path, token, null);
    }

    JsonNode post(String path, String token, Object body) throws IOException, InterruptedException {
        return call("POST", path, token, body);
    }

    private JsonNode call(String method, String path, String token, Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return json.readTree(response.body());
    }

    /** Memory of the Java machine in MB: pages of its own and its share of others' (proportional set size), as Linux counts them. */
    long javaMegabytes() throws IOException {
        return megabytes(process.toHandle());
    }

    /** The same of every PostgreSQL process that the program started. */
    long databaseMegabytes(Path data) throws IOException {
        long sum = 0;
        String postmaster = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow();
        for (ProcessHandle each :
                Stream.concat(Stream.of(server), server.descendants()).toList()) {
            sum += megabytes(each);
        }
        return sum;
    }

    private static long megabytes(ProcessHandle process) throws IOException {
        Path pages = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        if (!Files.exists(pages)) {
            return 0;
        }
        return Files.readAllLines(pages).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    /** As the power failing would, for this process only. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Milliseconds an orderly stop took. */
    long stop() throws InterruptedException {
        long asked = System.nanoTime();
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("did not stop within " + STOP_LIMIT + "; see " + log);
        }
        return (System.nanoTime() - asked) / 1_000_000;
    }

    /** Asks for an orderly end, so that no database stays behind, and does not wait for ever. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        http.close();
    }
}
