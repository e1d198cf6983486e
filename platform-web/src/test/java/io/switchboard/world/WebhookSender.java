package io.switchboard.world;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Meta delivering customers' messages. Every message is a question with its own number, which {@link FakeModel} repeats in the answer, so
 * that {@link #numberIn} of a reply says which message it answers.
 */
public final class WebhookSender implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<MetaLine> lines;
    private final Options options;
    private final AtomicLong next;
    private final Queue<LoopbackClient> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param firstNumber of the first message; runs against the same program choose different ones
     * @param customers how many write in turn
     * @param firstCustomer telephone number of the first of them
     * @param question what they ask; the message's number is added
     * @param before is told the number and the customer of each message before it leaves
     */
    public record Options(
            long firstNumber, int customers, long firstCustomer, String question, BiConsumer<Long, String> before) {

        /** Whose messages nobody wants to know of before they leave. */
        public Options(long firstNumber, int customers, long firstCustomer, String question) {
            this(firstNumber, customers, firstCustomer, question, (_, _) -> {});
        }
    }

    /**
     * A delivery and what came of it.
     *
     * @param dueNanos when it should have left, by {@link System#nanoTime}: its delays count from here
     * @param answeredNanos when the status was there, or when it was clear that none comes
     * @param status of HTTP; 0 if no answer came
     */
    public record Delivery(
            long number, String messageId, String customer, long dueNanos, long answeredNanos, int status) {

        public boolean accepted() {
            return status == 200;
        }
    }

    public WebhookSender(MetaLine line, Options options) {
        this(List.of(line), options);
    }

    /** @param lines of one program; each customer keeps to one of them */
    public WebhookSender(List<MetaLine> lines, Options options) {
        this.lines = List.copyOf(lines);
        this.options = options;
        this.next = new AtomicLong(options.firstNumber());
    }

    /** The number in a reply that answers one of our messages; -1 if there is none. */
    public static long numberIn(String reply) {
        int at = reply.lastIndexOf("No. ");
        if (at < 0) {
            return -1;
        }
        int end = at + 4;
        while (end < reply.length() && Character.isDigit(reply.charAt(end))) {
            end++;
        }
        return end == at + 4 ? -1 : Long.parseLong(reply, at + 4, end, 10);
    }

    /** Delivers the next message now. */
    public Delivery deliver() {
        return deliver(next.getAndIncrement(), System.nanoTime());
    }

    /** Delivers a message, or the same message again. */
    public Delivery deliver(long number, long dueNanos) {
        String customer = customer(number);
        String messageId = "wamid.in." + number;
        MetaLine line = lines.get((int) (number % options.customers() % lines.size()));
        byte[] body = line.text(
                messageId, customer, options.question() + " No. " + number, System.currentTimeMillis() / 1000);
        options.before().accept(number, customer);
        int status = post(line, body);
        return new Delivery(number, messageId, customer, dueNanos, System.nanoTime(), status);
    }

    public String customer(long number) {
        return Long.toString(options.firstCustomer() + number % options.customers());
    }

    private int post(MetaLine line, byte[] body) {
        LoopbackClient client = idle.poll();
        if (client == null) {
            client = new LoopbackClient(line.webhook(), TIMEOUT);
        }
        try {
            int status = client.post(line.webhook().getPath(), line.signature(body), body);
            idle.add(client);
            return status;
        } catch (IOException _) {
            return 0;
        }
    }

    /**
     * Delivers at a fixed rate whatever the program does, so that its pauses show as delays; returns when every delivery has an answer.
     *
     * @param log is told of each from many threads
     */
    public void openLoop(double perSecond, Duration time, Consumer<Delivery> log) {
        long count = (long) (perSecond * time.toNanos() / 1e9);
        long began = System.nanoTime();
        Phaser open = new Phaser(1);
        for (long i = 0; i < count; i++) {
            long due = began + (long) (i * 1e9 / perSecond);
            for (long ahead = due - System.nanoTime(); ahead > 0; ahead = due - System.nanoTime()) {
                LockSupport.parkNanos(ahead);
            }
            long number = next.getAndIncrement();
            open.register();
            threads.execute(() -> {
                try {
                    log.accept(deliver(number, due));
                } finally {
                    open.arriveAndDeregister();
                }
            });
        }
        open.arriveAndAwaitAdvance();
    }

    /**
     * Delivers from several senders at once, each its next message when the one before is done with.
     *
     * @param done is told of each delivery and returns when the sender may go on: at once, or when the reply has come
     */
    public void closedLoop(int senders, Duration time, Consumer<Delivery> done) {
        long end = System.nanoTime() + time.toNanos();
        repeat(senders, () -> System.nanoTime() - end < 0, done);
    }

    /** Delivers this many messages from several senders, as fast as they are taken. */
    public void burst(int senders, int messages, Consumer<Delivery> log) {
        AtomicLong left = new AtomicLong(messages);
        repeat(senders, () -> left.getAndDecrement() > 0, log);
    }

    private void repeat(int senders, BooleanSupplier goOn, Consumer<Delivery> done) {
        Phaser open = new Phaser(1);
        for (int i = 0; i < senders; i++) {
            open.register();
            threads.execute(() -> {
                try {
                    while (goOn.getAsBoolean()) {
                        done.accept(deliver());
                    }
                } finally {
                    open.arriveAndDeregister();
                }
            });
        }
        open.arriveAndAwaitAdvance();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        idle.forEach(LoopbackClient::close);
    }
}
