package io.switchboard.world;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Meta's Graph API on a loopback port. It keeps what was sent, number by number, and answers as scripted, else as Meta does
 * when all is well. Where it is told a number's webhook, it reports what became of the messages.
 */
public final class FakeMeta implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, PhoneNumber> numbers = new ConcurrentHashMap<>();
    private final FakeGraph graph = new FakeGraph();
    private final AtomicLong ids = new AtomicLong();
    private final LoopbackServer server;
    private volatile Consumer<Send> listener = _ -> {};
    private volatile Latency latency = Latency.NONE;

    private FakeMeta(int port) {
        server = LoopbackServer.start(port, this::answer);
    }

    public static FakeMeta start() {
        return new FakeMeta(0);
    }

    public static FakeMeta start(int port) {
        return new FakeMeta(port);
    }

    /** One for all tests of a run; tests use numbers of their own. */
    public static FakeMeta shared() {
        return Shared.META;
    }

    private static final class Shared {
        private static final FakeMeta META = new FakeMeta(0);
    }

    public String baseUrl() {
        return server.address().toString();
    }

    public int port() {
        return server.port();
    }

    /** The number with this phone number id, as a test sees it. */
    public PhoneNumber number(String phoneNumberId) {
        return numbers.computeIfAbsent(phoneNumberId, _ -> new PhoneNumber());
    }

    /** What it tells about tokens, numbers and accounts. */
    public FakeGraph graph() {
        return graph;
    }

    /** Is told of every message that a customer gets, before the program hears that it was taken. */
    public void onDelivered(Consumer<Send> listener) {
        this.listener = listener;
    }

    /** How long every answer takes that is not scripted. */
    public void setLatency(Latency latency) {
        this.latency = latency;
    }

    /**
     * A request to send.
     *
     * @param messageId what Meta gave it, whether or not the caller heard of it; null if refused
     */
    public record Send(
            Instant at,
            long nanos,
            String phoneNumberId,
            String version,
            String authorization,
            JsonNode body,
            String messageId) {

        public String to() {
            return body.path("to").asString(null);
        }

        public String text() {
            return body.path("text").path("body").asString(null);
        }

        public String callbackData() {
            return body.path("biz_opaque_callback_data").asString("");
        }
    }

    /** How to answer one request. */
    public sealed interface Answer {

        record Accept(Duration after) implements Answer {}

        /** Takes the message and never says so. */
        record AcceptAndHang() implements Answer {}

        /** Takes the message and breaks the connection. */
        record AcceptAndBreak() implements Answer {}

        record Refuse(int httpStatus, String body) implements Answer {}

        /** Refuses and says when to come again. */
        record RefuseFor(Duration retryAfter, int httpStatus, String body) implements Answer {}

        static Answer ok() {
            return new Accept(Duration.ZERO);
        }

        /** An error as the Cloud API writes it. */
        static Answer error(int httpStatus, int code) {
            return error(httpStatus, code, "for a test");
        }

        static Answer error(int httpStatus, int code, String details) {
            return new Refuse(httpStatus, errorBody(code, details));
        }

        static Answer error(int httpStatus, int code, Duration retryAfter) {
            return new RefuseFor(retryAfter, httpStatus, errorBody(code, "for a test"));
        }

        private static String errorBody(int code, String details) {
            return JSON.writeValueAsString(Map.of(
                    "error",
                    Map.of(
                            "message",
                            "(#" + code + ") scripted error",
                            "type",
                            "OAuthException",
                            "code",
                            code,
                            "error_data",
                            Map.of("messaging_product", "whatsapp", "details", details),
                            "fbtrace_id",
                            "A1b2")));
        }
    }

    /** What was sent through one number, what it answers next, and where it reports. */
    public static final class PhoneNumber {

        private final Queue<Send> requests = new ConcurrentLinkedQueue<>();
        private final Queue<JsonNode> readMarks = new ConcurrentLinkedQueue<>();
        private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
        private final FakeUploads uploads = new FakeUploads();
        private volatile Answer always = Answer.ok();
        private volatile MetaLine reports;
        private volatile List<String> states = List.of();
        private volatile Duration reportDelay = Duration.ZERO;

        /** Files for messages of this number. */
        public FakeUploads uploads() {
            return uploads;
        }

        /** Answers the next requests so, then well again. */
        public void script(Answer... answers) {
            script.addAll(List.of(answers));
        }

        /** Answers all requests that are not scripted so. */
        public void always(Answer answer) {
            always = answer;
        }

        /**
         * Reports these states of every message, one delivery after the other.
         *
         * @param delay before each
         */
        public void report(MetaLine line, Duration delay, String... inTurn) {
            reportDelay = delay;
            states = List.of(inTurn);
            reports = line;
        }

        private Answer next() {
            Answer scripted = script.poll();
            return scripted == null ? always : scripted;
        }

        /** All requests in order of arrival, refused ones too. */
        public List<Send> requests() {
            return List.copyOf(requests);
        }

        /** Requests that mark a customer's message as read. */
        public List<JsonNode> readMarks() {
            return List.copyOf(readMarks);
        }

        /** Messages that a customer has got. */
        public List<Send> delivered() {
            return requests.stream().filter(send -> send.messageId() != null).toList();
        }
    }

    private void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        String[] path = request.path().split("/", -1);
        if (request.method().equals("POST") && path.length == 4 && path[3].equals("media")) {
            upload(number(path[2]).uploads, request, response);
            return;
        }
        if (!request.method().equals("POST") || path.length != 4 || !path[3].equals("messages")) {
            graph.answer(request, response);
            return;
        }
        PhoneNumber number = number(path[2]);
        JsonNode body = JSON.readTree(request.body());
        if (body.path("status").asString("").equals("read")) {
            number.readMarks.add(body);
            response.json(200, "{\"success\":true}");
            return;
        }
        Answer answer = FakeInteractive.refusal(body)
                .or(() -> number.uploads.refusal(body))
                .orElseGet(number::next);
        boolean refused = answer instanceof Answer.Refuse || answer instanceof Answer.RefuseFor;
        Send send = new Send(
                Instant.now(),
                System.nanoTime(),
                path[2],
                path[1],
                request.header("Authorization"),
                body,
                refused ? null : "wamid.out." + ids.incrementAndGet());
        number.requests.add(send);
        if (!refused) {
            listener.accept(send);
            report(number, send);
        }
        answer(response, answer, send);
    }

    private void answer(LoopbackServer.Response response, Answer answer, Send send)
            throws IOException, InterruptedException {
        answer(response, answer, after -> {
            Thread.sleep(after.plus(latency.next(java.util.concurrent.ThreadLocalRandom.current())));
            String contact = send.to() == null ? send.body().path("recipient").asString() : send.to();
            return """
                    {"messaging_product":"whatsapp","contacts":[{"input":"%s","wa_id":"%s"}],"messages":[{"id":"%s"}]}""".formatted(contact, contact, send.messageId());
        });
    }

    private static void upload(FakeUploads uploads, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        answer(response, uploads.take(request), after -> {
            Thread.sleep(after);
            return "{\"id\":\"" + uploads.newestId() + "\"}";
        });
    }

    /** What is said to a request that is accepted, some time after it came. */
    private interface Acceptance {

        String after(Duration time) throws InterruptedException;
    }

    private static void answer(LoopbackServer.Response response, Answer answer, Acceptance acceptance)
            throws IOException, InterruptedException {
        switch (answer) {
            case Answer.Accept(var after) -> response.json(200, acceptance.after(after));
            case Answer.AcceptAndHang() -> {
                Thread.sleep(Duration.ofSeconds(60));
                response.cut();
            }
            case Answer.AcceptAndBreak() -> response.cut();
            case Answer.Refuse(var status, var body) -> response.json(status, body);
            case Answer.RefuseFor(var retryAfter, var status, var body) ->
                response.json(status, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())), body);
        }
    }

    private static void report(PhoneNumber number, Send send) {
        MetaLine line = number.reports;
        if (line != null) {
            Thread.ofVirtual().start(() -> reportInTurn(number, line, send));
        }
    }

    /** A report that is not taken is repeated, as Meta repeats it. */
    private static void reportInTurn(PhoneNumber number, MetaLine line, Send send) {
        try (LoopbackClient client = new LoopbackClient(line.webhook(), REPORT_TIMEOUT)) {
            for (String state : number.states) {
                int status = 0;
                while (status != 200) {
                    Thread.sleep(number.reportDelay.plus(Duration.ofMillis(1)));
                    byte[] body = line.status(
                            send.messageId(),
                            send.to(),
                            state,
                            send.callbackData(),
                            Instant.now().getEpochSecond());
                    status = post(client, line, body);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static int post(LoopbackClient client, MetaLine line, byte[] body) throws InterruptedException {
        try {
            return client.post(line.webhook().getPath(), line.signature(body), body);
        } catch (IOException _) {
            Thread.sleep(Duration.ofMillis(500));
            return 0;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
