package io.switchboard.faults;

import io.switchboard.world.FakeMeta.Send;
import io.switchboard.world.Latency;
import io.switchboard.world.WebhookSender;
import io.switchboard.world.WebhookSender.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Drills without an outer fault: steady load, growing load, unfair load. */
final class LoadDrills {

    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int FLOOD = 100;
    private static final Duration FLOOD_WARM_UP = Duration.ofSeconds(45);

    private LoadDrills() {}

    /** F1 */
    static void steady(Stage stage, Findings findings) throws Exception {
        Duration modelP95 = Duration.ofMillis(1200);
        stage.start();
        Stage.Tenant tenant = stage.newTenant("steady", "1001");
        stage.model.setLatency(Latency.spread(Duration.ofMillis(800), modelP95));
        Postman postman = stage.postman(tenant.line(), 1, 200);
        warmUp(postman);
        long warm = postman.number();
        postman.deliverFor(20, Duration.ofSeconds(60));
        findings.verdict(stage.settle(DRAIN));

        List<Double> acks = acks(postman, warm);
        List<Double> replies = replies(stage.taken(), postman.accepted(), warm);
        findings.check("ack p99 below 250 ms", Series.percentile(acks, 99) < 250, Series.describe(acks));
        findings.check(
                "reply p95 below the model's p95 + 1 s",
                Series.percentile(replies, 95) < modelP95.toMillis() + 1000,
                Series.describe(replies));
        findings.check(
                "no model call wasted",
                stage.model.chatCalls() == findings.verdict().replies(),
                stage.model.chatCalls() + " calls");
    }

    /** F2 */
    static void steps(Stage stage, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("steps", "1001");
        Postman postman = stage.postman(tenant.line(), 1, 5000);
        warmUp(postman);
        int highest = 0;
        for (int rate : List.of(20, 40, 80, 120, 160, 240, 320)) {
            postman.deliverFor(rate, STEP);
            long behind = postman.pending() + Math.max(0, stage.open());
            findings.note(rate + "/s for " + STEP.toSeconds() + " s: " + behind + " unfinished at its end");
            if (behind > rate) {
                break;
            }
            highest = rate;
        }
        findings.verdict(stage.settle(DRAIN.multipliedBy(2)));
        findings.note("highest rate with less than a second's backlog: " + highest + "/s");
        findings.check("at least 20/s", highest >= 20, highest + "/s");
    }

    /**
     * F11. With both compilers, as users run it: with the first alone, a flood of {@value #FLOOD} a second takes all there is of two
     * processors, and what is measured then is how they are shared among everything on the machine.
     */
    static void flood(Stage stage, Findings findings) throws Exception {
        stage.start("-XX:TieredStopAtLevel=4");
        Stage.Tenant quiet = stage.newTenant("quiet", "1001");
        Stage.Tenant loud = stage.newTenant("loud", "1002");
        stage.model.setLatency(Latency.of(Duration.ofMillis(500)));
        Postman calm = stage.postman(quiet.line(), 1, 100);
        Postman flood = stage.postman(loud.line(), 1_000_000, 5000);
        flood.deliverFor(FLOOD, FLOOD_WARM_UP);
        Stage.waitUntil(DRAIN, "the warm-up", () -> flood.pending() == 0);
        warmUp(calm);
        long from = calm.number();
        calm.deliverFor(2, Duration.ofSeconds(20));
        long flooded = calm.number();
        flood.begin(FLOOD);
        calm.deliverFor(2, Duration.ofSeconds(30));
        flood.end();
        findings.verdict(stage.settle(DRAIN.multipliedBy(2)));

        List<Double> before = replies(stage.taken(), calm.accepted(), from, flooded);
        List<Double> during = replies(stage.taken(), calm.accepted(), flooded, Long.MAX_VALUE);
        findings.check(
                "the quiet tenant's reply p95 at most doubles while another sends 50 times its rate",
                Series.percentile(during, 95) <= 2 * Series.percentile(before, 95),
                Series.describe(before) + " before, " + Series.describe(during) + " during");
    }

    /** Class loading and compilation are not what is measured. */
    static void warmUp(Postman postman) throws InterruptedException {
        postman.deliverFor(10, Duration.ofSeconds(4));
        Stage.waitUntil(DRAIN, "the warm-up", () -> postman.pending() == 0);
    }

    /** Milliseconds from when a delivery was due to its 200. */
    static List<Double> acks(Postman postman, long fromNumber) {
        return postman.deliveries().stream()
                .filter(delivery -> delivery.accepted() && delivery.number() >= fromNumber)
                .map(LoadDrills::millis)
                .toList();
    }

    private static Double millis(Delivery delivery) {
        return (delivery.answeredNanos() - delivery.dueNanos()) / 1e6;
    }

    private static List<Double> replies(List<Send> taken, Collection<Postman.Letter> accepted, long fromNumber) {
        return replies(taken, accepted, fromNumber, Long.MAX_VALUE);
    }

    /** Milliseconds from when a message was due to its reply at the provider. */
    static List<Double> replies(List<Send> taken, Collection<Postman.Letter> accepted, long fromNumber, long toNumber) {
        Map<Long, Long> due = new HashMap<>();
        accepted.forEach(letter -> due.put(letter.number(), letter.dueNanos()));
        return taken.stream()
                .flatMap(send -> {
                    long number = WebhookSender.numberIn(send.text());
                    Long start = due.get(number);
                    return start == null || number < fromNumber || number >= toNumber
                            ? Stream.<Double>empty()
                            : Stream.of((send.nanos() - start) / 1e6);
                })
                .toList();
    }
}
