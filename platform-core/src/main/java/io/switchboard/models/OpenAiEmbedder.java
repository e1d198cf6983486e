package io.switchboard.models;

import io.switchboard.models.ProviderException.Kind;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Vectors;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An embedding model behind an OpenAI-compatible endpoint: OpenAI itself, Ollama, vLLM, text-embeddings-inference and others. One that
 * keeps failing is left alone for a while: answers are found by words alone then, at once, and documents wait.
 *
 * <p>What a provider takes at once is found out by trying: a batch that it refuses is sent in halves, and a single text that it refuses is
 * shortened. How long it wants to be left alone is kept to.
 */
final class OpenAiEmbedder implements Embedder, AutoCloseable {

    /** Customers wait for these, and there are the words to find an answer by. */
    private static final Patience QUESTION = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), 2);

    /** Of one request. */
    private static final Patience PASSAGES = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(150), 4);

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int TEXTS_PER_REQUEST = 64;

    /** How often a text that is refused by itself is halved. */
    private static final int SHORTENINGS = 4;

    private static final int LONGEST_BODY = 64 << 20;
    private static final int REQUESTS_AT_ONCE = 1_000;

    /** The failures of all tenants' calls count together: they share the endpoint and the key. */
    private static final String EVERYBODY = "all tenants";

    /** What the smaller of the served models take; chunks are shorter anyway. */
    private static final int MAX_TOKENS = 510;

    private final String model;
    private final int dimension;
    private final WordPieceTokenizer tokenizer;
    private final ProviderClient client = new ProviderClient(Duration.ofSeconds(10));
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final String apiKey;
    private final ProviderCalls calls;

    /** Shrinks to what the provider takes. */
    private volatile int textsPerRequest = TEXTS_PER_REQUEST;

    /** @param tokenizer counts in place of the provider's, which nobody outside knows; it counts rather more than fewer */
    OpenAiEmbedder(URI baseUrl, String apiKey, String model, int dimension, WordPieceTokenizer tokenizer) {
        this.model = model;
        this.dimension = dimension;
        this.tokenizer = tokenizer;
        this.calls = new ProviderCalls("embedding model " + model, REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, PAUSE);
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/embeddings");
        this.apiKey = apiKey;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public int countTokens(String text) {
        return tokenizer.count(text);
    }

    /** Who configures a model of their own chooses one for their languages. */
    @Override
    public boolean understands(String language) {
        return true;
    }

    @Override
    public int callsAtOnce() {
        return REQUESTS_AT_ONCE;
    }

    @Override
    public List<float[]> embedPassages(List<String> texts) {
        return embed(texts, PASSAGES);
    }

    @Override
    public List<float[]> embedPassagesNow(List<String> texts) {
        return embed(texts, QUESTION);
    }

    @Override
    public float[] embedQuery(String text) {
        return embed(List.of(text), QUESTION).getFirst();
    }

    private List<float[]> embed(List<String> texts, Patience patience) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        int from = 0;
        while (from < texts.size()) {
            int to = Math.min(texts.size(), from + textsPerRequest);
            List<String> batch = texts.subList(from, to).stream().map(this::cut).toList();
            try {
                vectors.addAll(embedBatch(batch, patience, new AtomicInteger()));
            } catch (ProviderException e) {
                throw new EmbedderException(
                        "embedding model " + model + " failed: " + e.getMessage(),
                        e,
                        e.retryAfter().orElse(null));
            }
            from = to;
        }
        return vectors;
    }

    private List<float[]> embedBatch(List<String> texts, Patience patience, AtomicInteger refusals) {
        try {
            return calls.call(EVERYBODY, patience, () -> ask(texts));
        } catch (ProviderException e) {
            if (e.kind() != Kind.REQUEST) {
                throw e;
            }
            refusals.incrementAndGet();
            return texts.size() == 1
                    ? List.of(embedShorter(texts.getFirst(), patience, e))
                    : inHalves(texts, patience, refusals);
        }
    }

    /** One of the texts may be too long, or so many at once too many; it was that if both halves are taken as they are. */
    private List<float[]> inHalves(List<String> texts, Patience patience, AtomicInteger refusals) {
        int middle = (texts.size() + 1) / 2;
        int before = refusals.get();
        List<float[]> vectors = new ArrayList<>(embedBatch(texts.subList(0, middle), patience, refusals));
        vectors.addAll(embedBatch(texts.subList(middle, texts.size()), patience, refusals));
        if (refusals.get() == before) {
            textsPerRequest = Math.min(textsPerRequest, middle);
        }
        return vectors;
    }

    private float[] embedShorter(String text, Patience patience, ProviderException refusal) {
        String shorter = text;
        ProviderException last = refusal;
        for (int i = 0; i < SHORTENINGS && shorter.length() > 1; i++) {
            shorter = start(shorter, shorter.length() / 2);
            String attempt = shorter;
            try {
                return calls.call(EVERYBODY, patience, () -> ask(List.of(attempt)))
                        .getFirst();
            } catch (ProviderException e) {
                if (e.kind() != Kind.REQUEST) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    /** What is longer than the model reads, providers refuse, where the model inside the program ignores the rest. */
    private String cut(String text) {
        if (text.length() <= MAX_TOKENS || tokenizer.count(text) <= MAX_TOKENS) {
            return text;
        }
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (tokenizer.count(text.substring(0, middle)) <= MAX_TOKENS) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return start(text, fits);
    }

    private static String start(String text, int length) {
        int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }

    private List<float[]> ask(List<String> texts) throws IOException {
        byte[] body = json.writeValueAsBytes(Map.of("model", model, "input", texts, "encoding_format", "float"));
        ProviderClient.Response response =
                client.send("POST", address, headers(), body, PASSAGES.timeout(), LONGEST_BODY);
        return vectors(ProviderHttp.text(response), texts.size());
    }

    private Map<String, String> headers() {
        return Map.of(
                "Content-Type", "application/json", "Accept", "application/json", "Authorization", "Bearer " + apiKey);
    }

    /** In whatever order they come: each says which text it is of. */
    private List<float[]> vectors(String body, int expected) {
        JsonNode data;
        try {
            data = json.readTree(body).path("data");
        } catch (JacksonException e) {
            throw unusable("an answer that is no JSON", e);
        }
        float[][] vectors = new float[expected][];
        int position = 0;
        for (JsonNode each : data) {
            int index = each.path("index").asInt(position);
            position++;
            if (index >= 0 && index < expected) {
                vectors[index] = vector(each.path("embedding"));
            }
        }
        if (data.size() != expected || Arrays.asList(vectors).contains(null)) {
            throw unusable(data.size() + " vectors for " + expected + " texts", null);
        }
        return List.of(vectors);
    }

    private float[] vector(JsonNode numbers) {
        if (numbers.size() != dimension) {
            throw unusable(
                    "vectors of length " + numbers.size() + "; SWITCHBOARD_EMBEDDING_DIMENSION says " + dimension,
                    null);
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            JsonNode number = numbers.get(i);
            if (!number.isNumber() || !Float.isFinite(number.floatValue())) {
                throw unusable("a vector with something in it that is no number", null);
            }
            vector[i] = number.floatValue();
        }
        return Vectors.normalize(vector);
    }

    private static ProviderException unusable(String what, @Nullable Throwable cause) {
        return new ProviderException(Kind.LASTING, "it sends " + what, null, cause);
    }

    @Override
    public void close() {
        calls.close();
    }
}
