package io.switchboard.bench;

import io.switchboard.ApiClient;
import io.switchboard.world.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How long a newcomer waits: until the program is healthy, until a demo bot has read its documents and answers, and what the idle
 * program takes of memory. Three starts: on nothing, on the same data, and after a kill.
 */
final class StartBenchmark {

    /** Longer than the process that reads documents waits for more work. */
    private static final Duration IDLE = Duration.ofSeconds(75);

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);
    private static final String QUESTION = "When is the museum open on Sundays?";

    private StartBenchmark() {}

    /** @param args the jar */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path directory = Files.createTempDirectory("switchboard-bench");
        Path data = directory.resolve("data");
        try {
            System.out.printf(
                    "%-34s %10s %14s %10s %10s %8s%n", "start", "healthy", "first answer", "java", "postgres", "stop");
            measure("on an empty directory", jar, data, false);
            measure("again on the same data", jar, data, true);
            measure("after kill -9", jar, data, false);
            System.out.printf("%nThe jar has %d MB.%n", Files.size(jar) / (1024 * 1024));
        } finally {
            Directories.delete(directory);
        }
    }

    private static void measure(String label, Path jar, Path data, boolean kill) throws Exception {
        try (Program program = Program.Launch.of(Program.Code.jar(jar), data)
                .with(Map.of("SWITCHBOARD_DEMO", "true"))
                .start()) {
            long healthy = program.millisToHealthy();
            long answered = millisToAnswer(program);
            Thread.sleep(IDLE);
            long java = program.javaMegabytes();
            long postgres = program.databaseMegabytes();
            String stop = "killed";
            if (kill) {
                program.kill();
            } else {
                stop = seconds(program.stop());
            }
            System.out.printf(
                    "%-34s %10s %14s %7d MB %7d MB %8s%n",
                    label, seconds(healthy), seconds(answered), java, postgres, stop);
        }
    }

    private static long millisToAnswer(Program program) throws InterruptedException {
        ApiClient owner = program.signIn("harbour@museum.example", "museum-demo");
        String bot = owner.get("/api/v1/bots").text("/items/0/id");
        while (program.millis() < ANSWER_LIMIT.toMillis()) {
            ApiClient.Reply answer = owner.post("/api/v1/bots/" + bot + "/ask", Map.of("question", QUESTION));
            if ("ANSWERED".equals(answer.text("outcome"))
                    && answer.text("answer").contains("11:00")) {
                return program.millis();
            }
            Thread.sleep(Duration.ofMillis(250));
        }
        throw new IllegalStateException("no answer to: " + QUESTION);
    }

    private static String seconds(long millis) {
        return "%.1f s".formatted(millis / 1000.0);
    }
}
