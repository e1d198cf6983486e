package io.switchboard.faults;

import io.switchboard.world.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** PostgreSQL on a small file system that runs full: a tmpfs, which only root may mount. */
final class FullDisk {

    private static final Duration DRAIN = Duration.ofSeconds(90);

    /** A minute. */
    private static final int MOST_ROUNDS = 240;

    private FullDisk() {}

    static void run(Stage outer, Findings findings) throws Exception {
        Path disk = Files.createTempDirectory("switchboard-disk");
        if (!command("mount", "-t", "tmpfs", "-o", "size=420m", "tmpfs", disk.toString())) {
            findings.note("SKIPPED the full disk: mounting a tmpfs needs root");
            return;
        }
        try (Postgres postgres = Postgres.start(disk.resolve("postgres"));
                Stage stage = Stage.set(
                        outer.launch.code(),
                        outer.launch.data().getParent(),
                        postgres,
                        "fulldisk",
                        outer.launch.flags().toArray(String[]::new))) {
            fill(stage, disk, findings);
        } finally {
            command("umount", "-l", disk.toString());
        }
    }

    private static void fill(Stage stage, Path disk, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("fulldisk", "1001");
        Postman postman = stage.postman(tenant.line(), 1, 200);
        LoadDrills.warmUp(postman);
        postman.begin(10);
        long from = System.nanoTime();
        Path balloon = disk.resolve("balloon");
        // The log's segments are written before they are needed; moving on to new ones needs room. What is given back
        // is taken again.
        for (int i = 0; i < MOST_ROUNDS && refusals(postman, from).isEmpty(); i++) {
            inflate(balloon);
            stage.count("select case when pg_switch_wal() is null then 0 else 1 end");
            Thread.sleep(Duration.ofMillis(250));
        }
        Thread.sleep(Duration.ofSeconds(5));
        List<Integer> refusals = refusals(postman, from);
        Files.delete(balloon);
        if (stage.count("select 1") < 0) {
            stage.postgres.startAgain();
        }
        stage.note(Incident.Kind.POSTGRES, from);
        Thread.sleep(Duration.ofSeconds(8));
        postman.end();
        Verdict verdict = stage.settle(DRAIN);
        findings.check("a full disk refuses deliveries", !refusals.isEmpty(), "answers " + refusals);
        findings.check(
                "nothing accepted is lost on a full disk",
                verdict.flawless(),
                verdict.accepted() + " accepted, " + stage.describe(verdict));
        findings.check(
                "it goes on without a restart of the program",
                stage.program().isAlive() && verdict.lost().isEmpty(),
                stage.recoveries() + " s");
    }

    /** Answers other than 200 since then. */
    private static List<Integer> refusals(Postman postman, long from) {
        return postman.deliveries().stream()
                .filter(delivery -> delivery.answeredNanos() > from && delivery.status() != 200)
                .map(delivery -> delivery.status())
                .distinct()
                .toList();
    }

    private static void inflate(Path balloon) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(balloon, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException _) {
            // Full, as intended.
        }
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
