package io.switchboard.faults;

import io.switchboard.world.Installation;
import io.switchboard.world.MetaLine;
import io.switchboard.world.WebhookSender;
import io.switchboard.world.WebhookSender.Delivery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's side of the inbound road: delivers messages at a fixed rate whatever the program does, repeats those that got no 200 as
 * Meta does, and keeps a journal.
 */
final class Postman implements AutoCloseable {

    private static final Duration FIRST_REPEAT = Duration.ofMillis(500);
    private static final Duration LONGEST_REPEAT = Duration.ofSeconds(8);

    /** First deliveries go out whatever happens; a program that comes back must not be buried by repeats, nor does Meta do so. */
    private static final int REPEATS_AT_ONCE = 64;

    private static final String QUESTION = Installation.QUESTION;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MetaLine line;
    private final WebhookSender sender;
    private final AtomicLong next;
    private final Map<String, Letter> accepted = new ConcurrentHashMap<>();
    private final Map<Long, Long> pending = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore repeats = new Semaphore(REPEATS_AT_ONCE);
    private volatile boolean running;
    private volatile boolean closed;
    private Thread clockwork = Thread.ofPlatform().unstarted(() -> {});

    /**
     * A message that got its 200.
     *
     * @param dueNanos before it was delivered for the first time
     * @param acceptedNanos when the first 200 was there
     */
    record Letter(String line, String messageId, long number, String customer, long dueNanos, long acceptedNanos) {}

    /** @param firstNumber and the numbers after it belong to this postman alone */
    Postman(MetaLine line, long firstNumber, int customers) {
        this.line = line;
        this.next = new AtomicLong(firstNumber);
        this.sender =
                new WebhookSender(line, new WebhookSender.Options(firstNumber, customers, 49_1510_000_000L, QUESTION));
    }

    MetaLine line() {
        return line;
    }

    WebhookSender sender() {
        return sender;
    }

    /** The number of a message that nobody else will use. */
    long number() {
        return next.getAndIncrement();
    }

    /** Starts delivering at this rate; {@link #end} stops it. */
    void begin(double perSecond) {
        running = true;
        clockwork = Thread.ofPlatform().daemon().name("postman").start(() -> {
            long began = System.nanoTime();
            for (long i = 0; running; i++) {
                long due = began + (long) (i * 1e9 / perSecond);
                for (long ahead = due - System.nanoTime(); ahead > 0; ahead = due - System.nanoTime()) {
                    LockSupport.parkNanos(ahead);
                }
                post(number(), due);
            }
        });
    }

    /** Stops delivering new messages. */
    void end() throws InterruptedException {
        running = false;
        clockwork.join();
    }

    void deliverFor(double perSecond, Duration time) throws InterruptedException {
        begin(perSecond);
        Thread.sleep(time);
        end();
    }

    /** Delivers a message until it is accepted, in the background. */
    void post(long number, long due) {
        pending.put(number, due);
        threads.execute(() -> repeat(number, due));
    }

    /** Delivers a new message until it is accepted. */
    long postAndWait() {
        long number = number();
        pending.put(number, System.nanoTime());
        repeat(number, System.nanoTime());
        return number;
    }

    private void repeat(long number, long due) {
        Duration pause = FIRST_REPEAT;
        boolean accepted = tryOnce(number, due);
        while (!closed && !accepted) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_REPEAT) < 0 ? pause.multipliedBy(2) : LONGEST_REPEAT;
            repeats.acquireUninterruptibly();
            try {
                accepted = tryOnce(number, due);
            } finally {
                repeats.release();
            }
        }
    }

    /** Delivers a message once; true if it was accepted. */
    boolean tryOnce(long number, long due) {
        Delivery delivery = sender.deliver(number, due);
        deliveries.add(delivery);
        if (delivery.accepted()) {
            accept(delivery.messageId(), number, delivery.customer(), due, delivery.answeredNanos());
        }
        return delivery.accepted();
    }

    /** Delivers new messages in one request, in the order of their numbers; returns the status. */
    int deliverTogether(int count) throws IOException, InterruptedException {
        long due = System.nanoTime();
        List<Long> numbers =
                LongStream.generate(this::number).limit(count).boxed().toList();
        int status = raw(line, bulk(numbers));
        if (status == 200) {
            for (long number : numbers) {
                accept("wamid.in." + number, number, sender.customer(number), due, System.nanoTime());
            }
        }
        return status;
    }

    /** Delivers a body signed with the secret of this line; returns the status. */
    static int raw(MetaLine line, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(line.webhook())
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        line.signature(body).forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private byte[] bulk(List<Long> numbers) {
        long second = System.currentTimeMillis() / 1000;
        List<Map<String, Object>> messages = numbers.stream()
                .map(number -> Map.of(
                        "from", sender.customer(number),
                        "id", "wamid.in." + number,
                        "timestamp", Long.toString(second),
                        "type", "text",
                        "text", Map.of("body", QUESTION + " No. " + number)))
                .toList();
        Map<String, Object> value = Map.of(
                "messaging_product",
                "whatsapp",
                "metadata",
                Map.of("phone_number_id", line.phoneNumberId()),
                "messages",
                messages);
        return JSON.writeValueAsBytes(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of("id", "1", "changes", List.of(Map.of("field", "messages", "value", value))))));
    }

    private void accept(String messageId, long number, String customer, long due, long at) {
        accepted.putIfAbsent(messageId, new Letter(line.phoneNumberId(), messageId, number, customer, due, at));
        pending.remove(number);
    }

    /** Messages delivered and not accepted yet. */
    int pending() {
        return pending.size();
    }

    Collection<Letter> accepted() {
        return List.copyOf(accepted.values());
    }

    /** Every delivery with its answer, repeats too. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public void close() {
        closed = true;
        try {
            end();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        sender.close();
    }
}
