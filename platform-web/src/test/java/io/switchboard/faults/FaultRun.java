package io.switchboard.faults;

import io.switchboard.world.Postgres;
import io.switchboard.world.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs drills one after the other, each on a stage of its own, and prints a table. */
public final class FaultRun {

    private static final Duration LIMIT = Duration.ofMinutes(45);
    private static final String ROW = "%-4s %-58s %8s %6s %7s %8s %5s %8s %9s %5s %7s  %s%n";

    private final Path jar;
    private final PrintStream out;
    private int kills;
    private int restarts;
    private int accepted;
    private int lost;
    private int doubled;
    private int disorder;
    private int duplicates;
    private boolean passed = true;

    private FaultRun(Path jar, PrintStream out) {
        this.jar = jar;
        this.out = out;
    }

    /**
     * @param names of {@link Drill}; none for all
     * @return true if every drill passed
     */
    public static boolean run(Path jar, List<String> names, PrintStream out) throws Exception {
        List<Drill> drills = names.isEmpty()
                ? List.of(Drill.values())
                : names.stream()
                        .map(name -> Drill.named(name)
                                .orElseThrow(() -> new IllegalArgumentException("no drill " + name + "; F1 to F12")))
                        .toList();
        endAfter(LIMIT);
        return new FaultRun(jar, out).run(drills);
    }

    /** Whatever hangs: the shutdown hooks of the stages end their processes. */
    private static void endAfter(Duration limit) {
        Thread.ofPlatform().daemon().name("limit").start(() -> {
            try {
                Thread.sleep(limit);
                System.exit(2);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean run(List<Drill> drills) throws Exception {
        Path directory = Files.createTempDirectory("switchboard-faults");
        out.printf(
                ROW,
                "",
                "drill",
                "accepted",
                "inbox",
                "replies",
                "received",
                "lost",
                "doubled",
                "disorder",
                "twice",
                "seconds",
                "");
        try (Postgres postgres = Postgres.start(directory.resolve("postgres"))) {
            Program.Code code = Program.Code.unpacked(jar, directory.resolve("program"));
            Path cache = directory.resolve("classes.aot");
            train(code, cache, directory, postgres);
            for (Drill drill : drills) {
                run(drill, code, cache, directory, postgres);
            }
        }
        out.printf(
                "%n%d kills, %d immediate restarts of PostgreSQL, %d messages accepted: lost %d, doubled %d, out of order %d, "
                        + "sent twice %d. %s%n",
                kills, restarts, accepted, lost, doubled, disorder, duplicates, passed ? "PASSED" : "FAILED");
        if (passed) {
            delete(directory);
        } else {
            out.println("Logs of the program: " + directory);
        }
        return passed;
    }

    /** The program starts about sixty times; with its classes cached and one compiler that costs a third of the processor's time. */
    private static void train(Program.Code code, Path cache, Path directory, Postgres postgres) throws Exception {
        try (Stage stage = Stage.set(code, directory, postgres, "training", "-XX:AOTCacheOutput=" + cache)) {
            stage.start();
            LoadDrills.warmUp(stage.postman(stage.newTenant("training", "1001").line(), 1, 100));
            stage.settle(Duration.ofSeconds(30));
            stage.program().stop(Duration.ofMinutes(3));
        }
    }

    private void run(Drill drill, Program.Code code, Path cache, Path directory, Postgres postgres) throws Exception {
        long began = System.nanoTime();
        Findings findings = new Findings();
        String broken = "";
        try (Stage stage = Stage.set(
                code,
                directory,
                postgres,
                drill.name().toLowerCase(Locale.ROOT),
                "-XX:AOTCache=" + cache,
                "-XX:TieredStopAtLevel=1")) {
            try {
                drill.run(stage, findings);
            } catch (Exception | AssertionError e) {
                broken = "broke off: " + e;
                findings.verdict(stage.settle(Duration.ofSeconds(5)));
            }
            kills += stage.kills();
            restarts += stage.restarts();
            row(drill, findings, broken, (System.nanoTime() - began) / 1e9);
            detail(stage, findings, broken);
        }
    }

    private void row(Drill drill, Findings findings, String broken, double seconds) {
        boolean good = findings.passed() && broken.isEmpty();
        passed &= good;
        Verdict verdict = findings.verdict();
        accepted += verdict.accepted();
        lost += verdict.lost().size();
        doubled += verdict.doubled().size();
        disorder += verdict.disorder().size();
        duplicates += verdict.duplicates().size();
        out.printf(
                ROW,
                drill.name(),
                drill.title(),
                verdict.accepted(),
                verdict.stored(),
                verdict.replies(),
                verdict.received(),
                verdict.lost().size(),
                verdict.doubled().size(),
                verdict.disorder().size(),
                verdict.duplicates().size(),
                "%.0f".formatted(seconds),
                good ? "ok" : "FAILED");
        out.flush();
    }

    private void detail(Stage stage, Findings findings, String broken) {
        if (!broken.isEmpty()) {
            detail(broken);
        }
        findings.checks()
                .forEach(check -> detail((check.holds() ? "ok: " : "FAILED: ") + check.claim() + ": " + check.seen()));
        findings.notes().forEach(this::detail);
        stage.describe(findings.verdict()).forEach(this::detail);
        List<Double> recoveries = stage.recoveries();
        if (!recoveries.isEmpty()) {
            detail("next reply after a fault: p50 %.1f s, p95 %.1f s, longest %.1f s"
                    .formatted(
                            Series.percentile(recoveries, 50),
                            Series.percentile(recoveries, 95),
                            Series.percentile(recoveries, 100)));
        }
    }

    private void detail(String line) {
        out.println("     " + line);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
