package io.switchboard.faults;

import io.switchboard.world.Latency;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Drills in which the database goes away, or takes nothing. */
final class DatabaseDrills {

    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofSeconds(12);

    /** Two pools and the connection for hints, see DatabaseConfiguration. */
    private static final int MOST_CONNECTIONS = 16 + 6 + 1;

    private DatabaseDrills() {}

    /** F6 */
    static void restarts(Stage stage, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("restarts", "1001");
        stage.model.setLatency(Latency.spread(Duration.ofMillis(300), Duration.ofMillis(900)));
        stage.meta
                .number(tenant.line().phoneNumberId())
                .report(tenant.line(), Duration.ofMillis(200), "sent", "delivered");
        Postman postman = stage.postman(tenant.line(), 1, 400);
        postman.begin(20);
        for (int i = 0; i < 3; i++) {
            Thread.sleep(BETWEEN);
            stage.restartPostgres();
        }
        Thread.sleep(BETWEEN);
        cut(stage, Duration.ofSeconds(20));
        Thread.sleep(BETWEEN);
        stall(stage, Duration.ofSeconds(15));
        Thread.sleep(BETWEEN);
        postman.end();
        findings.verdict(stage.settle(DRAIN));

        List<Double> recoveries = stage.recoveries();
        findings.check(
                "answers again within 30 s of each fault",
                recoveries.size() == stage.incidents().size()
                        && recoveries.stream().allMatch(seconds -> seconds < 30),
                recoveries.stream().map("%.1f s"::formatted).toList());
        long connections = stage.count("""
                select count(*) from pg_stat_activity where datname = current_database() and usename <> 'postgres'
                """);
        findings.check("no connection leaks", connections <= MOST_CONNECTIONS, connections + " open");
        findings.check(
                "the process lived through it",
                stage.program().isAlive(),
                stage.program().isAlive());
    }

    private static void cut(Stage stage, Duration time) throws InterruptedException {
        long from = System.nanoTime();
        stage.database.cut();
        Thread.sleep(time);
        stage.database.pass();
        stage.note(Incident.Kind.DATABASE_CUT, from);
    }

    private static void stall(Stage stage, Duration time) throws InterruptedException {
        long from = System.nanoTime();
        stage.database.stall();
        Thread.sleep(time);
        stage.database.pass();
        stage.note(Incident.Kind.DATABASE_CUT, from);
    }

    /** F10 */
    static void noWriting(Stage stage, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("readonly", "1001");
        Postman postman = stage.postman(tenant.line(), 1, 200);
        LoadDrills.warmUp(postman);
        postman.begin(10);
        Thread.sleep(Duration.ofSeconds(5));

        long from = System.nanoTime();
        writing(stage, false);
        Thread.sleep(Duration.ofSeconds(2));
        long sure = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(10));
        long until = System.nanoTime();
        writing(stage, true);
        stage.note(Incident.Kind.DATABASE_CUT, from);
        Thread.sleep(Duration.ofSeconds(8));
        postman.end();
        findings.verdict(stage.settle(DRAIN));

        List<Integer> answers = postman.deliveries().stream()
                .filter(delivery -> delivery.answeredNanos() > sure && delivery.answeredNanos() < until)
                .map(delivery -> delivery.status())
                .toList();
        findings.check(
                "a delivery that cannot be stored is answered with 5xx, never 200",
                !answers.isEmpty() && answers.stream().allMatch(status -> status >= 500),
                answers.stream().distinct().toList() + " to " + answers.size() + " deliveries");
        findings.check("it recovers without a restart", stage.recoveries().getLast() < 30, stage.recoveries() + " s");
        FullDisk.run(stage, findings);
    }

    /** Existing sessions keep their mode, so they are ended. */
    private static void writing(Stage stage, boolean allowed) throws SQLException {
        stage.execute("alter database " + stage.databaseName + " set default_transaction_read_only = "
                + (allowed ? "off" : "on"));
        stage.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + stage.databaseName
                + "' and usename <> 'postgres'");
    }
}
