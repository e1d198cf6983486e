package io.switchboard.models;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Vectors;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An embedding model behind an OpenAI-compatible endpoint: OpenAI itself, Ollama, vLLM, text-embeddings-inference and others. One that
 * keeps failing is left alone for a while: answers are found by words alone then, at once, and documents wait.
 */
final class OpenAiEmbedder implements Embedder, AutoCloseable {

    /** Customers wait for these, and there are the words to find an answer by. */
    private static final Patience QUESTION = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), 2);

    private static final Duration PASSAGES_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PASSAGES_DEADLINE = Duration.ofSeconds(150);
    private static final int PASSAGES_ATTEMPTS = 4;

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int TEXTS_PER_REQUEST = 64;
    private static final int REQUESTS_AT_ONCE = 1_000;

    /** The failures of all tenants' calls count together: they share the endpoint and the key. */
    private static final String EVERYBODY = "all tenants";

    /** What the smaller of the served models take; chunks are shorter anyway. */
    private static final int MAX_TOKENS = 510;

    private final String model;
    private final int dimension;
    private final WordPieceTokenizer tokenizer;
    private final OpenAiEmbeddingModel client;
    private final ProviderCalls calls;

    /** @param tokenizer counts in place of the provider's, which nobody outside knows; it counts rather more than fewer */
    OpenAiEmbedder(URI baseUrl, String apiKey, String model, int dimension, WordPieceTokenizer tokenizer) {
        this.model = model;
        this.dimension = dimension;
        this.tokenizer = tokenizer;
        this.calls = new ProviderCalls("embedding model " + model, REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, PAUSE);
        this.client = OpenAiEmbeddingModel.builder()
                .baseUrl(baseUrl.toString())
                .apiKey(apiKey)
                .modelName(model)
                .httpClientBuilder(ProviderHttp.builder())
                .maxRetries(0)
                .maxSegmentsPerBatch(TEXTS_PER_REQUEST)
                .build();
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
        return texts.isEmpty() ? List.of() : embed(texts, patience(texts.size()));
    }

    @Override
    public List<float[]> embedPassagesNow(List<String> texts) {
        return texts.isEmpty() ? List.of() : embed(texts, QUESTION);
    }

    @Override
    public float[] embedQuery(String text) {
        return embed(List.of(text), QUESTION).getFirst();
    }

    /** The library sends many texts in several requests, one after the other. */
    private static Patience patience(int texts) {
        int requests = (texts + TEXTS_PER_REQUEST - 1) / TEXTS_PER_REQUEST;
        return new Patience(
                PASSAGES_TIMEOUT.multipliedBy(requests), PASSAGES_DEADLINE.multipliedBy(requests), PASSAGES_ATTEMPTS);
    }

    private List<float[]> embed(List<String> texts, Patience patience) {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        List<Embedding> embeddings;
        try {
            embeddings = calls.call(
                    EVERYBODY, patience, () -> client.embedAll(segments).content());
        } catch (ProviderException e) {
            throw new EmbedderException("embedding model " + model + " failed: " + e.getMessage(), e);
        }
        if (embeddings.size() != texts.size()) {
            throw new EmbedderException("embedding model " + model + " sent " + embeddings.size() + " vectors for "
                    + texts.size() + " texts");
        }
        return embeddings.stream().map(this::checked).toList();
    }

    private float[] checked(Embedding embedding) {
        if (embedding.dimension() != dimension) {
            throw new EmbedderException("embedding model " + model + " sends vectors of length " + embedding.dimension()
                    + "; SWITCHBOARD_EMBEDDING_DIMENSION says " + dimension);
        }
        return Vectors.normalize(embedding.vector());
    }

    @Override
    public void close() {
        calls.close();
    }
}
