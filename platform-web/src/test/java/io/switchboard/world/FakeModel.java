package io.switchboard.world;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for a model provider with OpenAI's API: {@code /v1/chat/completions}, {@code /v1/embeddings} and {@code
 * /v1/audio/transcriptions}. It hears in a recording what stands behind {@link #SPOKEN}, and sees in a picture what stands behind {@link
 * #SHOWN}. Answers cite passage [1] and repeat the question's last line, so whoever reads the reply knows which message it answers. It counts
 * what it served and misbehaves on request.
 */
public final class FakeModel implements AutoCloseable {

    /** Length of the vectors unless the request names another. */
    public static final int DIMENSION = 384;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ECHO = 120;
    private static final int REMEMBERED_VECTORS = 10_000;

    /** Stands before the words in a recording. */
    public static final String SPOKEN = "SPOKEN:";

    /** Stands before what a picture shows. */
    public static final String SHOWN = "SHOWN:";

    private static final String PICTURE = "data:image/jpeg;base64,";

    private final LoopbackServer server;
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(42);
    private final Map<String, float[]> vectors = new ConcurrentHashMap<>();
    private final Queue<ModelFault> faults = new ConcurrentLinkedQueue<>();
    private final LongAdder chatCalls = new LongAdder();
    private final LongAdder embeddingCalls = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Latency latency = Latency.NONE;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile Optional<ModelFault> outage = Optional.empty();

    private FakeModel(int port) {
        server = LoopbackServer.start(port, this::answer);
    }

    public static FakeModel start() {
        return new FakeModel(0);
    }

    /** One for all tests of a run that have recordings transcribed and pictures described. */
    public static FakeModel shared() {
        return Shared.MODEL;
    }

    private static final class Shared {
        private static final FakeModel MODEL = new FakeModel(0);
    }

    /** A request to transcribe: its form without the file's bytes, and the words in it. */
    public record Heard(String authorization, String form, String words) {}

    /** All recordings that came, in order. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** A request to describe a picture: the model, what was asked of it, and what it saw. */
    public record Seen(String authorization, String model, String instruction, String shown) {}

    /** All pictures that came, in order. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public static FakeModel start(int port) {
        return new FakeModel(port);
    }

    /** What to give as the base address, {@code /v1} included. */
    public URI address() {
        return server.address().resolve("/v1");
    }

    public int port() {
        return server.port();
    }

    /** The settings with which the program uses this model for answers. */
    public Map<String, String> answerSettings() {
        return Map.of(
                "SWITCHBOARD_LLM_PROVIDER", "openai",
                "SWITCHBOARD_LLM_BASE_URL", address().toString(),
                "SWITCHBOARD_LLM_API_KEY", "stand-in",
                "SWITCHBOARD_LLM_MODEL", "stand-in-chat");
    }

    /** The settings with which the program uses this model for vectors. */
    public Map<String, String> embeddingSettings() {
        return Map.of(
                "SWITCHBOARD_EMBEDDING_PROVIDER", "openai",
                "SWITCHBOARD_EMBEDDING_BASE_URL", address().toString(),
                "SWITCHBOARD_EMBEDDING_API_KEY", "stand-in",
                "SWITCHBOARD_EMBEDDING_MODEL", "stand-in-embedding",
                "SWITCHBOARD_EMBEDDING_DIMENSION", Integer.toString(DIMENSION));
    }

    /** From now on, for chat only; vectors come at once. */
    public void setLatency(Latency latency) {
        this.latency = latency;
    }

    /** Keeps every chat call waiting until {@link #letGo}, a streamed one after its first statement. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void letGo() {
        held.countDown();
    }

    /** The next chat calls fail, one in each of these ways. */
    public void failNext(ModelFault... ways) {
        faults.addAll(List.of(ways));
    }

    /** Every chat call fails in this way until {@link #recover}. */
    public void fail(ModelFault way) {
        outage = Optional.of(way);
    }

    public void recover() {
        outage = Optional.empty();
        faults.clear();
    }

    /** Chat calls that came in, failed ones too. */
    public long chatCalls() {
        return chatCalls.sum();
    }

    public long embeddingCalls() {
        return embeddingCalls.sum();
    }

    public long promptTokens() {
        return promptTokens.sum();
    }

    public long completionTokens() {
        return completionTokens.sum();
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** The most chat calls at once since the last call of this method. */
    public int takeMostInFlight() {
        return mostInFlight.getAndSet(inFlight.get());
    }

    private void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        switch (request.path()) {
            case "/v1/chat/completions" -> {
                JsonNode body = JSON.readTree(request.body());
                JsonNode parts = body.at("/messages/0/content");
                if (parts.isArray() && parts.at("/1/type").asString("").equals("image_url")) {
                    describe(request.header("Authorization"), body.path("model").asString(), parts, response);
                } else {
                    chat(body, response);
                }
            }
            case "/v1/audio/transcriptions" -> transcribe(request, response);
            case "/v1/embeddings" -> embed(JSON.readTree(request.body()), response);
            default -> response.json(404, "{\"error\":{\"message\":\"no such path\"}}");
        }
    }

    /** A recording without words behind the mark is silence; without the mark it is none. */
    private void transcribe(LoopbackServer.Request request, LoopbackServer.Response response) throws IOException {
        String form = new String(request.body(), java.nio.charset.StandardCharsets.UTF_8);
        int spoken = form.indexOf(SPOKEN);
        if (!request.method().equals("POST") || spoken < 0) {
            response.json(400, "{\"error\":{\"message\":\"invalid file format\"}}");
            return;
        }
        String words = form.substring(spoken + SPOKEN.length(), form.lastIndexOf("\r\n--"));
        heard.add(new Heard(request.header("Authorization"), form.substring(0, form.indexOf("OggS")), words));
        if (words.startsWith("!")) {
            response.json(Integer.parseInt(words.substring(1, 4)), "{\"error\":{\"message\":\"scripted\"}}");
            return;
        }
        response.json(200, JSON.writeValueAsString(Map.of("text", words)));
    }

    /** A picture without anything behind the mark shows nothing; without the mark it is none. */
    private void describe(String authorization, String model, JsonNode parts, LoopbackServer.Response response)
            throws IOException {
        String url = parts.at("/1/image_url/url").asString("");
        String picture = url.startsWith(PICTURE) ? decoded(url.substring(PICTURE.length())) : "";
        int mark = picture.indexOf(SHOWN);
        if (mark < 0) {
            response.json(400, "{\"error\":{\"message\":\"unsupported image\"}}");
            return;
        }
        String shown = picture.substring(mark + SHOWN.length());
        seen.add(new Seen(authorization, model, parts.at("/0/text").asString(""), shown));
        response.json(200, completion(model, shown, Map.of()));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }

    private void chat(JsonNode request, LoopbackServer.Response response) throws IOException, InterruptedException {
        chatCalls.increment();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            ModelFault fault =
                    Optional.ofNullable(faults.poll()).or(() -> outage).orElse(null);
            if (fault == null && request.path("stream").asBoolean(false)) {
                stream(request, response);
            } else if (fault == null) {
                held.await();
                Thread.sleep(nextLatency());
                response.json(200, completion(request));
            } else {
                fail(fault, request, response);
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Duration nextLatency() {
        synchronized (random) {
            return latency.next(random);
        }
    }

    private void fail(ModelFault fault, JsonNode request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        switch (fault) {
            case ModelFault.Throttled(var retryAfter) ->
                response.json(
                        429,
                        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())),
                        "{\"error\":{\"type\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}");
            case ModelFault.Broken(var status) ->
                response.json(status, "{\"error\":{\"type\":\"server_error\",\"message\":\"broken\"}}");
            case ModelFault.Silent(var time) -> {
                Thread.sleep(time);
                response.cut();
            }
            case ModelFault.Dripping(var perByte) -> response.drip(completion(request), perByte);
            case ModelFault.Garbled(var body) -> response.json(200, body);
            case ModelFault.Cut() -> response.cut();
        }
    }

    /** An answer, and what it counts for. */
    private record Written(String first, String rest, int prompt, int completion) {

        String whole() {
            return first + rest;
        }

        Map<String, Object> usage() {
            return Map.of(
                    "prompt_tokens", prompt, "completion_tokens", completion, "total_tokens", prompt + completion);
        }
    }

    private Written write(JsonNode request) {
        int prompt = 0;
        String last = "";
        for (JsonNode message : request.path("messages")) {
            String text = text(message.path("content"));
            prompt += tokens(text);
            if (message.path("role").asString("").equals("user")) {
                last = text;
            }
        }
        String first = "Passage one says what you ask about [1].";
        String rest = " You wrote: " + lastLine(last);
        int completion = tokens(first + rest);
        promptTokens.add(prompt);
        completionTokens.add(completion);
        return new Written(first, rest, prompt, completion);
    }

    private String completion(JsonNode request) {
        Written written = write(request);
        return completion(request.path("model").asString("stand-in-chat"), written.whole(), written.usage());
    }

    private String completion(String model, String text, Map<String, Object> usage) {
        return JSON.writeValueAsString(Map.of(
                "id",
                "chatcmpl-" + chatCalls.sum(),
                "object",
                "chat.completion",
                "created",
                1_700_000_000,
                "model",
                model,
                "choices",
                List.of(Map.of(
                        "index", 0, "message", Map.of("role", "assistant", "content", text), "finish_reason", "stop")),
                "usage",
                usage));
    }

    /** Word by word, with a stop after the first statement while {@link #hold} holds the rest. */
    private void stream(JsonNode request, LoopbackServer.Response response) throws IOException, InterruptedException {
        Written written = write(request);
        response.begin("text/event-stream");
        for (String word : written.first().split("(?<= )", -1)) {
            response.part(event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of("content", word))))));
        }
        held.await();
        Thread.sleep(nextLatency());
        for (String word : written.rest().split("(?<= )", -1)) {
            response.part(event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of("content", word))))));
        }
        response.part(
                event(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop")))));
        response.part(event(Map.of("choices", List.of(), "usage", written.usage())));
        response.part("data: [DONE]\n\n");
        response.end();
    }

    private static String event(Map<String, ?> chunk) {
        return "data: " + JSON.writeValueAsString(chunk) + "\n\n";
    }

    /** A string, or OpenAI's list of parts. */
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder all = new StringBuilder();
        content.forEach(part -> all.append(part.path("text").asString("")));
        return all.toString();
    }

    private static String lastLine(String text) {
        String stripped = text.strip();
        String line = stripped.substring(stripped.lastIndexOf('\n') + 1);
        return line.length() <= LONGEST_ECHO ? line : line.substring(line.length() - LONGEST_ECHO);
    }

    /** About four characters to a token, as OpenAI's rule of thumb has it. */
    private static int tokens(String text) {
        return text.length() / 4 + 1;
    }

    private void embed(JsonNode request, LoopbackServer.Response response) throws IOException {
        embeddingCalls.increment();
        int dimension = request.path("dimensions").asInt(DIMENSION);
        boolean base64 = request.path("encoding_format").asString("float").equals("base64");
        List<String> texts = new ArrayList<>();
        JsonNode input = request.path("input");
        if (input.isArray()) {
            input.forEach(text -> texts.add(text.asString()));
        } else {
            texts.add(input.asString());
        }
        StringBuilder body = new StringBuilder(texts.size() * dimension * 6)
                .append("{\"object\":\"list\",\"model\":\"stand-in-embedding\",\"data\":[");
        int prompt = 0;
        for (int i = 0; i < texts.size(); i++) {
            prompt += tokens(texts.get(i));
            body.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":");
            append(body, vector(texts.get(i), dimension), base64);
            body.append('}');
        }
        body.append("],\"usage\":{\"prompt_tokens\":")
                .append(prompt)
                .append(",\"total_tokens\":")
                .append(prompt)
                .append("}}");
        response.json(200, body.toString());
    }

    private float[] vector(String text, int dimension) {
        if (vectors.size() > REMEMBERED_VECTORS) {
            vectors.clear();
        }
        return vectors.computeIfAbsent(dimension + " " + text, _ -> HashedWords.vector(text, dimension));
    }

    private static void append(StringBuilder body, float[] vector, boolean base64) {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            body.append('"')
                    .append(Base64.getEncoder().encodeToString(bytes.array()))
                    .append('"');
            return;
        }
        for (int i = 0; i < vector.length; i++) {
            body.append(i == 0 ? '[' : ',').append(vector[i] == 0 ? "0" : Float.toString(vector[i]));
        }
        body.append(']');
    }

    @Override
    public void close() {
        server.close();
    }
}
