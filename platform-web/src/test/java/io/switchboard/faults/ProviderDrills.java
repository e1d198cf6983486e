package io.switchboard.faults;

import io.switchboard.world.FakeMeta.Answer;
import io.switchboard.world.FakeMeta.PhoneNumber;
import io.switchboard.world.Latency;
import io.switchboard.world.ModelFault;
import io.switchboard.world.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Drills in which the model or WhatsApp fails. */
final class ProviderDrills {

    private static final Duration DRAIN = Duration.ofSeconds(150);

    private ProviderDrills() {}

    /** F7 */
    static void model(Stage stage, Findings findings) throws Exception {
        Map<String, ModelFault> faults = new LinkedHashMap<>();
        faults.put("429", new ModelFault.Throttled(Duration.ofSeconds(2)));
        faults.put("500", new ModelFault.Broken(500));
        faults.put("silent", new ModelFault.Silent(Duration.ofSeconds(60)));
        faults.put("dripping", new ModelFault.Dripping(Duration.ofSeconds(1)));
        faults.put("garbled", new ModelFault.Garbled("{\"choices\":"));
        faults.put("cut", new ModelFault.Cut());
        stage.start();
        Stage.Tenant tenant = stage.newTenant("model", "1001");
        stage.model.setLatency(Latency.of(Duration.ofMillis(300)));
        Postman postman = stage.postman(tenant.line(), 1, 600);
        LoadDrills.warmUp(postman);
        long from = postman.number();
        postman.begin(10);
        long threads = 0;
        for (var fault : faults.entrySet()) {
            stage.model.fail(fault.getValue());
            Thread.sleep(Duration.ofSeconds(8));
            threads = Math.max(threads, threads(stage.program()));
            stage.model.recover();
            Thread.sleep(Duration.ofSeconds(4));
        }
        stage.model.fail(new ModelFault.Broken(503));
        Thread.sleep(Duration.ofSeconds(45));
        threads = Math.max(threads, threads(stage.program()));
        stage.model.recover();
        Thread.sleep(Duration.ofSeconds(10));
        postman.end();
        findings.verdict(stage.settle(DRAIN));

        List<Double> acks = LoadDrills.acks(postman, from);
        findings.check("ack p99 below 500 ms all the time", Series.percentile(acks, 99) < 500, Series.describe(acks));
        findings.check("no thread of the system per waiting turn", threads < 200, threads + " threads at most");
        findings.note("answers by the model: " + stage.count("select count(*) from reply where model = 'stand-in-chat'")
                + ", without it: " + stage.count("select count(*) from reply where model <> 'stand-in-chat'"));
        findings.check(
                "every message has a reply of its own",
                findings.verdict().replies() == findings.verdict().stored(),
                findings.verdict().replies() + " replies");
    }

    /** Threads of the operating system; 0 where it does not tell. */
    private static long threads(Program program) throws IOException {
        Path status = Path.of("/proc", Long.toString(program.process().pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** F8 */
    static void whatsapp(Stage stage, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("whatsapp", "1001");
        PhoneNumber number = stage.meta.number("1001");
        Postman postman = stage.postman(tenant.line(), 1, 200);
        LoadDrills.warmUp(postman);
        quiet(stage);

        int before = number.requests().size();
        number.script(
                Answer.error(429, 130429, Duration.ofSeconds(1)),
                Answer.error(400, 131056),
                Answer.error(500, 131000),
                new Answer.Refuse(503, "<html>busy</html>"),
                Answer.error(429, 130429),
                Answer.error(400, 131056));
        send(stage, postman, 6);
        int tries = number.requests().size() - before;
        findings.check("what is refused for now is sent again", tries == 12, tries + " requests for 6 replies");

        long from = System.nanoTime();
        number.report(tenant.line(), Duration.ofMillis(300), "delivered");
        int taken = stage.taken().size();
        number.script(
                new Answer.AcceptAndHang(),
                new Answer.AcceptAndHang(),
                new Answer.AcceptAndBreak(),
                new Answer.AcceptAndBreak());
        send(stage, postman, 4);
        int closed = stage.taken().size() - taken;
        findings.check(
                "a send without an answer is closed by its status, not repeated", closed == 4, closed + " sends");

        number.report(tenant.line(), Duration.ZERO);
        taken = stage.taken().size();
        number.script(new Answer.AcceptAndBreak(), new Answer.AcceptAndBreak());
        send(stage, postman, 2);
        stage.note(Incident.Kind.PROVIDER_SILENT, from);
        int repeated = stage.taken().size() - taken;
        findings.check("without a status it is repeated once", repeated == 4, repeated + " sends for 2 replies");

        before = number.requests().size();
        number.script(Answer.error(400, 131047), Answer.error(400, 131047));
        send(stage, postman, 2);
        tries = number.requests().size() - before;
        long failed = stage.count("select count(*) from reply where status = 'FAILED' and error_code = '131047'");
        findings.check(
                "outside the 24 hours nothing is repeated, and people see why",
                tries == 2 && failed == 2,
                tries + " requests, " + failed + " failed with 131047");
        expiredToken(stage, tenant, postman, number, findings);
        findings.verdict(stage.settle(DRAIN));
        findings.check(
                "only those two were given up",
                findings.verdict().marked().size() == 2,
                findings.verdict().marked().size());
    }

    private static void expiredToken(
            Stage stage, Stage.Tenant tenant, Postman postman, PhoneNumber number, Findings findings)
            throws InterruptedException {
        number.always(Answer.error(401, 190));
        int before = number.requests().size();
        for (int i = 0; i < 10; i++) {
            postman.postAndWait();
        }
        Stage.waitUntil(DRAIN, "the channel to stop", () -> status(tenant).equals("STOPPED"));
        Thread.sleep(Duration.ofSeconds(3));
        int tries = number.requests().size() - before;
        long waiting = stage.count("select count(*) from reply where status = 'PENDING'");
        number.always(Answer.ok());
        tenant.api()
                .patch("/api/v1/channels/" + channel(tenant).required("id").asString(), Map.of("accessToken", "new"));
        findings.check(
                "an expired token stops the channel and its queue waits",
                waiting == 10 && tries <= 10,
                waiting + " replies wait after " + tries + " requests");
        quiet(stage);
        findings.check("a new token starts it again", status(tenant).equals("ACTIVE"), status(tenant));
    }

    private static JsonNode channel(Stage.Tenant tenant) {
        return tenant.api().get("/api/v1/channels").json().required("items").required(0);
    }

    private static String status(Stage.Tenant tenant) {
        return channel(tenant).required("status").asString();
    }

    private static void send(Stage stage, Postman postman, int messages) throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            postman.postAndWait();
        }
        quiet(stage);
    }

    private static void quiet(Stage stage) throws InterruptedException {
        Stage.waitUntil(DRAIN, "replies to leave", () -> stage.open() == 0);
    }
}
