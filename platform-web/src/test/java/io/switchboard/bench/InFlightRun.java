package io.switchboard.bench;

import io.switchboard.world.Correspondence;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeModel;
import io.switchboard.world.Installation;
import io.switchboard.world.MetaLine;
import io.switchboard.world.Program;
import io.switchboard.world.WebhookSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many turns at once that wait for a slow model: what they take, and whether anything waits besides. */
final class InFlightRun {

    private static final int SENDERS = 12;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(60);

    private final Program program;
    private final FakeModel model;
    private final FakeMeta meta;
    private final List<MetaLine> lines = new ArrayList<>();
    private long first = 900_000_000L;

    InFlightRun(Program program, FakeModel model, FakeMeta meta) {
        this.program = program;
        this.model = model;
        this.meta = meta;
    }

    void add(MetaLine line) {
        lines.add(line);
    }

    void warmUp() throws InterruptedException {
        Correspondence book = send((sender, log) -> sender.closedLoop(SENDERS, WARM_UP, log::wrote));
        book.awaitAll(REPLY_LIMIT);
    }

    /** @param messages of every line, sent as fast as they are taken */
    void print(Duration latency, int messages) throws InterruptedException {
        System.out.printf("%nModel at %d s, heap of 1 GB:%n", latency.toSeconds());
        for (int round = 1; round <= ROUNDS; round++) {
            int before = model.takeMostInFlight();
            Correspondence book = send((sender, log) -> sender.burst(SENDERS, messages, log::wrote));
            book.awaitAll(REPLY_LIMIT);
            Percentiles replied = Percentiles.of(book.replyTimes());
            System.out.printf(
                    "  %d messages, %d turns in flight, replied p50 %.2f s, p95 %.2f s, max %.2f s, not answered %d, again %d, "
                            + "java %d MB%n",
                    book.acceptedCount(),
                    Math.max(before, model.takeMostInFlight()),
                    replied.at(0.5) / 1000,
                    replied.at(0.95) / 1000,
                    replied.max() / 1000,
                    book.unanswered().size(),
                    book.answeredAgain().size(),
                    program.javaMegabytes());
        }
    }

    /** All lines at the same time. */
    private Correspondence send(Load load) throws InterruptedException {
        Correspondence book = new Correspondence();
        meta.onDelivered(book::got);
        List<Thread> threads = new ArrayList<>();
        for (MetaLine line : lines) {
            first += 1_000_000;
            WebhookSender.Options options = new WebhookSender.Options(
                    first, 10_000, 480_000_000_000L + first, Installation.QUESTION, book::writes);
            threads.add(Thread.ofPlatform().start(() -> {
                try (WebhookSender sender = new WebhookSender(line, options)) {
                    load.run(sender, book);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return book;
    }

    private interface Load {
        void run(WebhookSender sender, Correspondence book);
    }
}
