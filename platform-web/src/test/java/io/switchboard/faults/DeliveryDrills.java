package io.switchboard.faults;

import io.switchboard.world.Latency;
import io.switchboard.world.MetaLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** F9: deliveries as they should not come and do. */
final class DeliveryDrills {

    private static final Duration DRAIN = Duration.ofSeconds(90);
    private static final int MESSAGES = 200;
    private static final int IN_ONE_REQUEST = 1000;

    private DeliveryDrills() {}

    static void deliveries(Stage stage, Findings findings) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("deliveries", "1001");
        stage.meta.setLatency(Latency.of(Duration.ofMillis(300)));
        stage.meta.number("1001").report(tenant.line(), Duration.ZERO, "delivered", "sent", "read");
        Postman postman = stage.postman(tenant.line(), 1, 2000);

        List<Long> numbers = tripled(postman, MESSAGES);
        Stage.waitUntil(DRAIN, "the tripled messages", () -> stage.open() == 0);
        Collections.shuffle(numbers, new Random(3));
        for (long number : numbers.subList(0, 50)) {
            postman.tryOnce(number, System.nanoTime());
        }
        long stored = stage.count("select count(*) from inbox");
        findings.check("each message stored once", stored == MESSAGES, stored + " rows of " + MESSAGES + " messages");

        int status = postman.deliverTogether(IN_ONE_REQUEST);
        findings.check("1,000 messages in one request are stored", status == 200, "HTTP " + status);

        int forged = forge(tenant.line());
        long all = stage.count("select count(*) from inbox");
        findings.check(
                "a forged delivery is refused and not stored",
                forged == 401 && all == MESSAGES + IN_ONE_REQUEST,
                "HTTP " + forged + ", " + all + " rows");

        byte[] early = tenant.line().status("wamid.out.unheard", "4915100000000", "read", "", 1_700_000_000L);
        int parked = Postman.raw(tenant.line(), early);
        findings.check("a status of an unknown message is taken", parked == 200, "HTTP " + parked);
        findings.verdict(stage.settle(DRAIN));
        Stage.waitUntil(
                DRAIN, "all to be read", () -> stage.count("select count(*) from reply where status <> 'READ'") == 0);
        findings.check(
                "statuses that come early or backwards end at READ",
                stage.count("select count(*) from reply where status <> 'READ'") == 0,
                "all read");
    }

    /** Every message three times at once. */
    static List<Long> tripled(Postman postman, int messages) throws Exception {
        List<Long> numbers = new ArrayList<>();
        List<Callable<Boolean>> deliveries = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            long number = postman.number();
            numbers.add(number);
            deliveries.addAll(Collections.nCopies(3, () -> postman.tryOnce(number, System.nanoTime())));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
            for (Future<Boolean> done : threads.invokeAll(deliveries)) {
                done.get();
            }
        }
        return numbers;
    }

    private static int forge(MetaLine line) throws Exception {
        MetaLine forger = new MetaLine(line.webhook(), line.phoneNumberId(), "not the secret");
        return Postman.raw(forger, line.text("wamid.forged", "4915100000000", "Hello?", 1_700_000_000L));
    }
}
