package io.switchboard.faults;

import io.switchboard.world.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** PostgreSQL on a small file system that runs full: a tmpfs, which only root may mount. */
final class FullDisk {

    private static final Duration DRAIN = Duration.ofSeconds(90);

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
        inflate(balloon);
        // The log's segments are written before they are needed; moving on to new ones needs room.
        for (int i = 0; i < 40; i++) {
            stage.count("select case when pg_switch_wal() is null then 0 else 1 end");
            Thread.sleep(Duration.ofMillis(250));
        }
        List<Integer> answers = postman.deliveries().stream()
                .filter(delivery -> delivery.answeredNanos() > from)
                .map(delivery -> delivery.status())
                .distinct()
                .toList();
        boolean refused = answers.stream().anyMatch(status -> status != 200);
        Files.delete(balloon);
        if (stage.count("select 1") < 0) {
            stage.postgres.startAgain();
        }
        stage.note(Incident.Kind.POSTGRES, from);
        Thread.sleep(Duration.ofSeconds(8));
        postman.end();
        Verdict verdict = stage.settle(DRAIN);
        findings.check("a full disk refuses deliveries", refused, "answers " + answers);
        findings.check(
                "nothing accepted is lost on a full disk",
                verdict.flawless(),
                verdict.accepted() + " accepted, " + stage.describe(verdict));
        findings.check(
                "it goes on without a restart of the program",
                stage.program().isAlive() && verdict.lost().isEmpty(),
                stage.recoveries() + " s");
    }

    private static void inflate(Path balloon) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(balloon)) {
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
