package io.switchboard.world;

import io.switchboard.ApiClient;
import io.switchboard.SwitchboardApplication;
import java.io.File;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Switchboard as its users run it: in a process of its own, reached over HTTP. */
public final class Program implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(25);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final Launch launch;
    private final Path log;
    private final long began;

    private Program(Process process, Launch launch, Path log, long began) {
        this.process = process;
        this.launch = launch;
        this.log = log;
        this.began = began;
    }

    /**
     * What Java is to run.
     *
     * @param arguments that name it
     */
    public record Code(List<String> arguments) {

        /** As it is shipped. */
        public static Code jar(Path jar) {
            return new Code(List.of("-jar", jar.toString()));
        }

        /** As it is shipped, unpacked by its own tool; the Java machine can then cache the classes as it has linked them. */
        public static Code unpacked(Path jar, Path directory) throws IOException, InterruptedException {
            Process tool = new ProcessBuilder(
                            java(),
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--destination",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(jar + " could not be unpacked to " + directory);
            }
            return jar(directory.resolve(jar.getFileName()));
        }

        /** The same classes before they are packed, without those of the tests. */
        public static Code ofThisClassPath() {
            String program = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                    .collect(Collectors.joining(File.pathSeparator));
            return new Code(List.of("-cp", program, SwitchboardApplication.class.getName()));
        }
    }

    /**
     * How to start it. The options of {@code ./platform run} come first, those given here after them, so these win.
     *
     * @param data where it keeps everything; its log is the file beside it, with the same name and {@code .log}
     * @param settings environment variables
     * @param flags of the Java machine
     */
    public record Launch(Code code, Path data, int port, Map<String, String> settings, List<String> flags) {

        public Launch {
            settings = Map.copyOf(settings);
            flags = List.copyOf(flags);
        }

        /** On a free port, with nothing set. */
        public static Launch of(Code code, Path data) {
            return new Launch(code, data, freePort(), Map.of(), List.of());
        }

        /** Adds settings; a name that is there already is replaced. */
        public Launch with(Map<String, String> more) {
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.putAll(more);
            return new Launch(code, data, port, all, flags);
        }

        public Launch withFlags(String... more) {
            List<String> all = new ArrayList<>(flags);
            all.addAll(List.of(more));
            return new Launch(code, data, port, settings, all);
        }

        /** A replica: the same settings, and so the same database, with a directory and a port of its own. */
        public Launch elsewhere() {
            return new Launch(code, data.resolveSibling(data.getFileName() + "-replica"), freePort(), settings, flags);
        }

        /** Starts it; {@link Program#millisToHealthy} waits for it. */
        public Program start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(java());
            String platform = System.getenv().getOrDefault("SWITCHBOARD_BENCH_JVM_FLAGS", "");
            Stream.of(platform.split(" ", -1)).filter(flag -> !flag.isEmpty()).forEach(command::add);
            command.addAll(flags);
            command.addAll(code.arguments());
            Files.createDirectories(data);
            Path log = data.resolveSibling(data.getFileName() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
            builder.environment().putAll(settings);
            builder.environment().put("SWITCHBOARD_PORT", Integer.toString(port));
            builder.environment().put("SWITCHBOARD_DATA_DIR", data.toString());
            long began = System.nanoTime();
            return new Program(builder.start(), this, log, began);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A port that nobody listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("no free port", e);
        }
    }

    /** How it was started; start this again to have its successor. */
    public Launch launch() {
        return launch;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + launch.port());
    }

    /** What it wrote to its console. */
    public Path log() {
        return log;
    }

    public ApiClient api() {
        return new ApiClient(launch.port());
    }

    /** Signs in and returns a client that carries the access token. */
    public ApiClient signIn(String email, String password) {
        ApiClient.Reply reply = api().post("/api/v1/auth/login", Map.of("email", email, "password", password));
        if (reply.status() != 200) {
            throw new AssertionError("sign-in answered " + reply);
        }
        return api().withToken(reply.text("accessToken"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Milliseconds from the start of the process until now. */
    public long millis() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** Milliseconds from the start of the process until {@code /health} answered 200. */
    public long millisToHealthy() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address().resolve("/health")).build();
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

    /** Memory of the Java machine in MB. */
    public long javaMegabytes() {
        return ProcessFigures.megabytes(process.toHandle());
    }

    /** The same of every process of the PostgreSQL that the program started. */
    public long databaseMegabytes() {
        return ProcessFigures.megabytesOfTree(
                ProcessFigures.postmaster(launch.data().resolve("postgres/data")));
    }

    /** Processor time of the Java machine so far. */
    public Duration processorTime() {
        return ProcessFigures.processor(process.toHandle());
    }

    /** As the power failing would, for this process only. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Milliseconds an orderly stop took. */
    public long stop() throws InterruptedException {
        return stop(STOP_LIMIT);
    }

    /** The same for one that has much to do at its end. */
    public long stop(Duration limit) throws InterruptedException {
        long asked = System.nanoTime();
        process.destroy();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("did not stop within " + limit + "; see " + log);
        }
        return (System.nanoTime() - asked) / 1_000_000;
    }

    /** Freezes the process (SIGSTOP), as a long pause of the machine under it does. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill " + name + " " + process.pid() + " ended with " + code);
        }
    }

    /** Whoever wants an orderly end stops first. */
    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
