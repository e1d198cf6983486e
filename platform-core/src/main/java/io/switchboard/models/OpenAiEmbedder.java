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

/** An embedding model behind an OpenAI-compatible endpoint: OpenAI itself, Ollama, vLLM, text-embeddings-inference and others. */
final class OpenAiEmbedder implements Embedder {

    private static final Duration PASSAGES_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration QUESTION_TIMEOUT = Duration.ofSeconds(10);
    private static final int TEXTS_PER_REQUEST = 64;

    /** What the smaller of the served models take; chunks are shorter anyway. */
    private static final int MAX_TOKENS = 510;

    private final String model;
    private final int dimension;
    private final WordPieceTokenizer tokenizer;
    private final OpenAiEmbeddingModel passages;
    private final OpenAiEmbeddingModel questions;

    /** @param tokenizer counts in place of the provider's, which nobody outside knows; it counts rather more than fewer */
    OpenAiEmbedder(URI baseUrl, String apiKey, String model, int dimension, WordPieceTokenizer tokenizer) {
        this.model = model;
        this.dimension = dimension;
        this.tokenizer = tokenizer;
        this.passages = client(baseUrl, apiKey, model, PASSAGES_TIMEOUT);
        this.questions = client(baseUrl, apiKey, model, QUESTION_TIMEOUT);
    }

    private static OpenAiEmbeddingModel client(URI baseUrl, String apiKey, String model, Duration timeout) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(baseUrl.toString())
                .apiKey(apiKey)
                .modelName(model)
                .timeout(timeout)
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
    public List<float[]> embedPassages(List<String> texts) {
        return texts.isEmpty() ? List.of() : embed(passages, texts);
    }

    @Override
    public float[] embedQuery(String text) {
        return embed(questions, List.of(text)).getFirst();
    }

    private List<float[]> embed(OpenAiEmbeddingModel client, List<String> texts) {
        List<Embedding> embeddings;
        try {
            embeddings = client.embedAll(texts.stream().map(TextSegment::from).toList())
                    .content();
        } catch (RuntimeException e) {
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
}
