package io.switchboard.faults;

import io.switchboard.world.FakeMeta.Answer;
import io.switchboard.world.Latency;
import io.switchboard.world.Program;
import io.switchboard.world.WebhookSender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Drills in which processes die, freeze, or lose their sense of time. */
final class CrashDrills {

    private static final Duration DRAIN = Duration.ofSeconds(90);
    private static final Duration REPLY = Duration.ofSeconds(60);
    private static final int KILLS = 25;

    private CrashDrills() {}

    /**
     * F3: one message at a time, thirty for each window, the tenth of which ends the process there.
     *
     * @see io.switchboard.installation.Failpoint
     */
    static void windows(Stage stage, Findings findings) throws Exception {
        List<Window> windows = List.of(
                new Window("W0", "MESSAGE_UNCOMMITTED:10", 0, 0, 0, false),
                new Window("W1", "MESSAGE_UNANSWERED:10", 1, 0, 0, false),
                new Window("W2", "TURN_CLAIMED:10", 1, 0, 0, false),
                new Window("W3", "TURN_ANSWERED:10", 1, 1, 0, false),
                new Window("W4", "TURN_COMPLETED:10", 1, 0, 0, false),
                new Window("W5", "SEND_BEGUN:10:400", 1, 0, 1, false),
                new Window("W6", "SEND_ANSWERED:10", 1, 0, 1, false),
                new Window("W5 with statuses", "SEND_BEGUN:10:400", 1, 0, 0, true),
                new Window("W6 with statuses", "SEND_ANSWERED:10", 1, 0, 0, true));
        stage.start();
        Stage.Tenant tenant = stage.newTenant("windows", "1001");
        Postman postman = stage.postman(tenant.line(), 1, 20);
        for (Window window : windows) {
            play(window, stage, tenant, postman, findings);
        }
        poison(stage, postman, findings);
        findings.verdict(stage.settle(DRAIN));
    }

    /**
     * @param stored 1 if the message is on disk when the process dies
     * @param wasted model calls that are paid twice
     * @param duplicates at the provider
     * @param statuses true if the provider reports what became of its messages
     */
    private record Window(String name, String failpoint, int stored, int wasted, int duplicates, boolean statuses) {}

    private static void play(Window window, Stage stage, Stage.Tenant tenant, Postman postman, Findings findings)
            throws Exception {
        stage.program().stop();
        Program victim = stage.start("-Dfailpoint=" + window.failpoint());
        if (window.statuses()) {
            stage.meta.number(tenant.line().phoneNumberId()).report(tenant.line(), Duration.ofMillis(100), "delivered");
        }
        for (int i = 0; i < 9; i++) {
            converse(stage, postman);
        }
        Stage.waitUntil(REPLY, "the replies' outcome", () -> stage.open() == 0);
        long calls = stage.model.chatCalls();
        int taken = stage.taken().size();
        boolean unanswered = window.name().startsWith("W5");
        long from = System.nanoTime();
        if (unanswered) {
            stage.meta.number(tenant.line().phoneNumberId()).script(new Answer.Accept(Duration.ofSeconds(2)));
        }
        long number = postman.number();
        boolean acknowledged = postman.tryOnce(number, from);
        stage.awaitEnd(victim, REPLY);
        if (unanswered) {
            stage.note(Incident.Kind.PROVIDER_SILENT, from);
        }
        long stored = stage.count("select count(*) from inbox where provider_message_id like '%." + number + "'");
        stage.start();
        postman.tryOnce(number, from);
        Stage.waitUntil(DRAIN, "the reply to " + number, () -> stage.open() == 0);
        long wasted = stage.model.chatCalls() - calls - 1;
        int duplicates = stage.taken().size() - taken - 1;
        findings.check(
                window.name() + " leaves " + window.stored() + " stored, " + window.wasted() + " model calls and "
                        + window.duplicates() + " sends too many",
                stored == window.stored() && wasted == window.wasted() && duplicates == window.duplicates(),
                (acknowledged ? "200" : "no 200") + ", " + stored + " stored, " + wasted + " calls, " + duplicates
                        + " sends too many");
        for (int i = 0; i < 20; i++) {
            converse(stage, postman);
        }
        Stage.waitUntil(REPLY, "statuses", () -> stage.open() == 0);
    }

    /** Delivers one message and waits until the provider has its reply. */
    private static void converse(Stage stage, Postman postman) throws InterruptedException {
        long number = postman.postAndWait();
        Stage.waitUntil(
                REPLY,
                "the reply to " + number,
                () -> stage.taken().reversed().stream()
                        .anyMatch(send -> WebhookSender.numberIn(send.text()) == number));
    }

    /** A message that kills whoever reads it must not do so for ever: its customer gets the fallback text. */
    private static void poison(Stage stage, Postman postman, Findings findings) throws Exception {
        stage.program().stop();
        Program victim = stage.begin(stage.launch.withFlags("-Dfailpoint=TURN_CLAIMED:1"));
        victim.millisToHealthy();
        postman.post(postman.number(), System.nanoTime());
        Stage.waitUntil(REPLY, "the poison's arrival", () -> stage.open() != 0);
        int deaths = 0;
        while (deaths < 8 && stage.open() != 0) {
            Program dying = victim;
            Stage.waitUntil(REPLY, "the poison", () -> !dying.isAlive() || stage.open() == 0);
            if (victim.isAlive()) {
                break;
            }
            stage.awaitEnd(victim, REPLY);
            deaths++;
            victim = stage.begin(stage.launch.withFlags("-Dfailpoint=TURN_CLAIMED:1"));
        }
        findings.check(
                "a message that ends the process is given up after 5 attempts",
                stage.open() == 0 && deaths == 5,
                deaths + " deaths, " + stage.open() + " open");
        victim.stop();
        stage.start();
    }

    /** F4 */
    static void kills(Stage stage, Findings findings) throws Exception {
        kill(stage, findings, KILLS, 10);
    }

    /** Kills at random moments, seeded, each time when the program is well again. */
    static void kill(Stage stage, Findings findings, int times, double perSecond) throws Exception {
        Random random = new Random(7);
        stage.start();
        Stage.Tenant tenant = stage.newTenant("kills", "1001");
        stage.model.setLatency(Latency.spread(Duration.ofMillis(400), Duration.ofMillis(1200)));
        stage.meta
                .number(tenant.line().phoneNumberId())
                .report(tenant.line(), Duration.ofMillis(200), "sent", "delivered", "read");
        Postman postman = stage.postman(tenant.line(), 1, 400);
        postman.begin(perSecond);
        for (int i = 0; i < times; i++) {
            Thread.sleep(1000 + random.nextInt(4000));
            stage.kill(stage.program());
            stage.start();
        }
        Thread.sleep(Duration.ofSeconds(3));
        postman.end();
        long drained = System.nanoTime();
        findings.verdict(stage.settle(DRAIN.multipliedBy(2)));
        findings.note("backlog empty %.1f s after the last message".formatted((System.nanoTime() - drained) / 1e9));
        findings.check(times + " kills", stage.kills() == times, stage.kills());
        findings.note("model calls: %d for %d replies, %d of them the fallback text"
                .formatted(
                        stage.model.chatCalls(),
                        findings.verdict().replies(),
                        findings.verdict().fallbacks()));
    }

    /** F5 */
    static void replicas(Stage stage, Findings findings) throws Exception {
        Program first = stage.start();
        Stage.Tenant tenant = stage.newTenant("replicas", "1001");
        stage.model.setLatency(Latency.of(Duration.ofSeconds(3)));
        Program.Launch another = stage.launch.elsewhere();
        Program second = stage.begin(another);
        second.millisToHealthy();
        Postman postman = stage.postman(tenant.line(), 1, 400);
        postman.begin(20);
        Thread.sleep(Duration.ofSeconds(10));

        stage.front.aimAt(another.port());
        long frozen = System.nanoTime();
        first.freeze();
        stage.front.reset();
        Thread.sleep(Duration.ofSeconds(25));
        first.thaw();
        stage.note(Incident.Kind.FREEZE, frozen);
        Thread.sleep(Duration.ofSeconds(10));

        stage.front.aimAt(stage.launch.port());
        stage.kill(second);
        Thread.sleep(Duration.ofSeconds(15));
        postman.end();
        findings.verdict(stage.settle(DRAIN));
        long fenced = overtaken(first.log());
        findings.check("turns of the frozen replica are overtaken and dropped", fenced > 0, fenced);
    }

    private static long overtaken(Path log) throws IOException {
        Pattern line = Pattern.compile("was overtaken");
        try (var lines = Files.lines(log)) {
            return lines.filter(line.asPredicate()).count();
        }
    }

    /** F12: the program's clock jumps, the database's does not; leases are the database's. */
    static void clock(Stage stage, Findings findings) throws Exception {
        Path directory = Files.createTempDirectory("switchboard-clock");
        Path offset = directory.resolve("offset");
        Files.writeString(offset, "0");
        Path type = directory.resolve(ShiftedClock.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(type.getParent());
        try (InputStream code = CrashDrills.class.getResourceAsStream("ShiftedClock.class")) {
            Files.copy(code, type);
        }
        stage.start(
                "-Xbootclasspath/a:" + directory,
                "-Dspring.main.sources=" + ShiftedClock.class.getName(),
                "-Dclock.offset=" + offset);
        Stage.Tenant tenant = stage.newTenant("clock", "1001");
        stage.model.setLatency(Latency.of(Duration.ofMillis(800)));
        Postman postman = stage.postman(tenant.line(), 1, 200);
        postman.begin(10);
        Thread.sleep(Duration.ofSeconds(8));
        for (String seconds : List.of("3600", "0", "-3600", "0")) {
            Files.writeString(offset, seconds);
            Thread.sleep(Duration.ofSeconds(10));
        }
        postman.end();
        findings.verdict(stage.settle(DRAIN));
        long span = stage.count("""
                select extract(epoch from max(received_at) - min(received_at))::bigint from inbox
                """);
        findings.check(
                "the program's clock did jump both ways", span > 2 * 3600 - 60, span + " s between stored times");
        findings.check(
                "no message is taken twice",
                stage.model.chatCalls() == findings.verdict().replies(),
                stage.model.chatCalls() + " model calls");
        findings.note("shown to people as too old while the clock was ahead: "
                + findings.verdict().marked().size());
    }
}
