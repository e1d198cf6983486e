package io.switchboard.bench;

import io.switchboard.world.Correspondence;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.Installation;
import io.switchboard.world.MetaLine;
import io.switchboard.world.Postgres;
import io.switchboard.world.Program;
import io.switchboard.world.WebhookSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** One line of the table: some way of sending against a running program, and what came of it. */
final class MessageRun {

    private static final String FORMAT = "%-42s %7s %8s | %6s %6s %6s | %7s %7s | %6s %6s %6s %6s%n";
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(60);

    /** More than write twice in a few seconds, as the customers of a busy number are. */
    private static final int CUSTOMERS = 5000;

    /** Every run has customers and numbers of its own. */
    private static final AtomicLong RUNS = new AtomicLong();

    private final Program program;
    private final Postgres postgres;
    private final FakeMeta meta;
    private final List<MetaLine> lines;

    MessageRun(Program program, Postgres postgres, FakeMeta meta, List<MetaLine> lines) {
        this.program = program;
        this.postgres = postgres;
        this.meta = meta;
        this.lines = lines;
    }

    static void printHeader() {
        System.out.printf(
                "%n%-42s %7s %8s | %-20s | %-15s | %-13s %-13s%n",
                "", "", "", "acknowledged, ms", "replied, ms", "CPU ms / msg", "memory, MB");
        System.out.printf(
                FORMAT, "run", "sent", "msg/s", "p50", "p95", "p99", "p50", "p95", "java", "pg", "java", "pg");
    }

    /** Each sender writes its next message when the reply to the one before is there. */
    void untilReplied(String label, int senders, Duration time) {
        measure(
                label,
                (sender, book) -> sender.closedLoop(senders, time, delivery -> {
                    book.wrote(delivery);
                    if (delivery.accepted()) {
                        book.awaitReply(delivery, REPLY_LIMIT);
                    }
                }));
    }

    /** Each sender writes its next message when the one before is acknowledged; what is not answered yet piles up. */
    void untilAcknowledged(String label, int senders, Duration time) {
        measure(label, (sender, book) -> sender.closedLoop(senders, time, book::wrote));
    }

    void atRate(String label, double perSecond, Duration time) {
        measure(label, (sender, book) -> sender.openLoop(perSecond, time, book::wrote));
    }

    private void measure(String label, BiConsumer<WebhookSender, Correspondence> load) {
        long run = RUNS.incrementAndGet();
        Correspondence book = new Correspondence();
        meta.onDelivered(book::got);
        WebhookSender.Options options = new WebhookSender.Options(
                run * 1_000_000, CUSTOMERS, 490_000_000_000L + run * 1_000_000, Installation.QUESTION, book::writes);
        Duration java = program.processorTime();
        Duration database = postgres.processorTime();
        try (WebhookSender sender = new WebhookSender(lines, options)) {
            load.accept(sender, book);
            book.awaitAll(REPLY_LIMIT);
        }
        print(
                label,
                book,
                program.processorTime().minus(java),
                postgres.processorTime().minus(database));
    }

    private void print(String label, Correspondence book, Duration java, Duration database) {
        Percentiles acknowledged = Percentiles.of(book.acknowledgements());
        Percentiles replied = Percentiles.of(book.replyTimes());
        System.out.printf(
                FORMAT,
                label,
                acknowledged.count(),
                "%.1f".formatted(replied.count() / (book.span().toMillis() / 1000.0)),
                millis(acknowledged.at(0.50)),
                millis(acknowledged.at(0.95)),
                millis(acknowledged.at(0.99)),
                millis(replied.at(0.50)),
                millis(replied.at(0.95)),
                "%.2f".formatted((double) java.toMillis() / Math.max(1, replied.count())),
                "%.2f".formatted((double) database.toMillis() / Math.max(1, replied.count())),
                program.javaMegabytes(),
                postgres.megabytes());
        warn("refused", book.refused().size());
        warn("not answered", book.unanswered().size());
        warn("answered more than once", book.answeredAgain().size());
        warn("replies without a question", book.unasked().size());
    }

    private static void warn(String what, int count) {
        if (count > 0) {
            System.out.printf("  !! %s: %d%n", what, count);
        }
    }

    private static String millis(double value) {
        return value < 100 ? "%.1f".formatted(value) : "%.0f".formatted(value);
    }
}
