package io.switchboard.bench;

import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeModel;
import io.switchboard.world.Installation;
import io.switchboard.world.Latency;
import io.switchboard.world.MetaLine;
import io.switchboard.world.Postgres;
import io.switchboard.world.Program;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many customers' messages a second go through: from Meta's webhook over retrieval and a model to Meta's API, every step durable. The
 * model and Meta are stand-ins on this machine, so what is measured is Switchboard and its PostgreSQL; they and the senders take their
 * share of the same processors.
 */
final class MessagesBenchmark {

    /** Until the compilers have come to rest, which on two busy cores takes more than a minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 80));

    private static final int WARM_UP_SENDERS = 50;
    private static final Duration RUN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 12));
    private static final Duration BARE = Duration.ofSeconds(3);
    private static final List<Integer> SENDERS = List.of(1, 10, 50);
    private static final Duration USUAL_MODEL = Duration.ofMillis(500);
    private static final Duration SLOW_MODEL = Duration.ofSeconds(5);
    private static final int OFFERED_PER_SECOND = 200;

    /** A number may send 80 messages a second, so eight let through more than the program is expected to answer. */
    private static final int TENANTS = 4;

    private static final int NUMBERS = 2;

    private final Path jar;
    private final Path directory;
    private final Postgres postgres;
    private final FakeModel model;
    private final FakeMeta meta;

    private MessagesBenchmark(Path jar, Path directory, Postgres postgres, FakeModel model, FakeMeta meta) {
        this.jar = jar;
        this.directory = directory;
        this.postgres = postgres;
        this.model = model;
        this.meta = meta;
    }

    /** @param args the jar */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("switchboard-bench");
        try (Postgres postgres = Postgres.start(directory.resolve("postgres"));
                FakeModel model = FakeModel.start();
                FakeMeta meta = FakeMeta.start()) {
            new MessagesBenchmark(Path.of(args[0]), directory, postgres, model, meta).run();
        } finally {
            Directories.delete(directory);
        }
    }

    private void run() throws Exception {
        System.out.printf(
                "%d processors, load average %.1f at the start%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        DurableInserts bare = new DurableInserts(postgres);
        printBare(bare);
        MessageRun.printHeader();
        withModel("vectors by HTTP", model.embeddingSettings());
        withModel("vectors in process", Map.of());
        quoting();
        thousandTurns();
        System.out.println();
        printBare(bare);
    }

    private void printBare(DurableInserts bare) throws InterruptedException {
        for (int connections : List.of(1, 16)) {
            Percentiles inserts = bare.measure(connections, BARE);
            System.out.printf(
                    "bare INSERT and fsync, %2d connections: %7.0f a second, p50 %.2f ms, p99 %.2f ms%n",
                    connections, inserts.count() / (double) BARE.toSeconds(), inserts.at(0.5), inserts.at(0.99));
        }
    }

    private void withModel(String name, Map<String, String> embeddings) throws Exception {
        Map<String, String> settings = new HashMap<>(model.answerSettings());
        settings.putAll(embeddings);
        try (Program program = start(name.replace(' ', '_').toLowerCase(Locale.ROOT), settings)) {
            MessageRun run = newRun(program);
            run.untilReplied(name + ", warming up", WARM_UP_SENDERS, WARM_UP);
            for (Duration latency : List.of(Duration.ZERO, USUAL_MODEL)) {
                model.setLatency(Latency.of(latency));
                for (int senders : SENDERS) {
                    run.untilReplied(
                            "%s, model %d ms, %d sender%s"
                                    .formatted(name, latency.toMillis(), senders, senders == 1 ? "" : "s"),
                            senders,
                            RUN);
                }
            }
            model.setLatency(Latency.NONE);
            flood(run, name);
            program.stop();
        }
    }

    /** As a fresh installation is: no model, no network. */
    private void quoting() throws Exception {
        String name = "quoted, in process";
        try (Program program = start("quoted", Map.of())) {
            MessageRun run = newRun(program);
            run.untilReplied(name + ", warming up", WARM_UP_SENDERS, WARM_UP);
            run.untilReplied(name + ", 50 senders", 50, RUN);
            flood(run, name);
            program.stop();
        }
    }

    private static void flood(MessageRun run, String name) {
        run.untilAcknowledged(name + ", as fast as taken, 50", 50, RUN);
        run.atRate(name + ", offered %d/s".formatted(OFFERED_PER_SECOND), OFFERED_PER_SECOND, RUN);
    }

    private MessageRun newRun(Program program) {
        Installation installation = Installation.of(program);
        List<MetaLine> lines = new ArrayList<>();
        for (int i = 0; i < TENANTS; i++) {
            Installation.Tenant tenant = installation.newTenant("museum-" + i);
            for (int j = 0; j < NUMBERS; j++) {
                lines.add(installation.newLine(tenant, "100%d%d".formatted(i, j)));
            }
        }
        return new MessageRun(program, postgres, meta, lines);
    }

    /** Four tenants, since one tenant alone may have a quarter of the turns; the model's 5 s times 200 a second are 1,000 turns. */
    private void thousandTurns() throws Exception {
        Map<String, String> settings = new HashMap<>(model.answerSettings());
        settings.putAll(model.embeddingSettings());
        try (Program program = start("thousand_turns", settings, "-Xmx1g")) {
            Installation installation = Installation.of(program);
            InFlightRun run = new InFlightRun(program, model, meta);
            for (int i = 1; i <= 4; i++) {
                run.add(installation.newLine(installation.newTenant("museum-" + i), "200" + i));
            }
            run.warmUp();
            model.setLatency(Latency.of(SLOW_MODEL));
            run.print(SLOW_MODEL, 250);
            program.stop();
        }
    }

    private Program start(String name, Map<String, String> models, String... flags)
            throws IOException, SQLException, InterruptedException {
        Map<String, String> settings = new HashMap<>(postgres.newDatabase(name));
        settings.putAll(Installation.settings(meta));
        settings.putAll(models);
        Program program = Program.Launch.of(Program.Code.jar(jar), directory.resolve(name))
                .with(settings)
                .withFlags(flags)
                .start();
        program.millisToHealthy();
        return program;
    }
}
