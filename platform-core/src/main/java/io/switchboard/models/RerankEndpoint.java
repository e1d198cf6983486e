package io.switchboard.models;

import io.switchboard.outbound.ProviderClient;
import io.switchboard.retrieval.Reranker;
import io.switchboard.retrieval.RerankerException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reranker behind {@code POST …/rerank} as Cohere (https://docs.cohere.com/reference/rerank) and Jina (https://jina.ai/reranker) have it,
 * and with them vLLM, Infinity and text-embeddings-inference's gateways. One that keeps failing is left alone for a while, so that nobody
 * waits for it.
 */
final class RerankEndpoint implements Reranker, AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int REQUESTS_AT_ONCE = 1_000;
    private static final int LONGEST_BODY = 4 << 20;
    private static final String EVERYBODY = "all tenants";

    private final ProviderClient client = new ProviderClient(Duration.ofSeconds(2));
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final @Nullable String apiKey;
    private final String model;
    private final Duration timeout;
    private final ProviderCalls calls;

    RerankEndpoint(URI baseUrl, @Nullable String apiKey, String model, Duration timeout) {
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/rerank");
        this.apiKey = apiKey;
        this.model = model;
        this.timeout = timeout;
        this.calls = new ProviderCalls("reranker " + model, REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, PAUSE);
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<Double> score(String question, List<String> texts) {
        try {
            return calls.call(EVERYBODY, new Patience(timeout, timeout, 1), () -> ask(question, texts));
        } catch (ProviderException e) {
            throw new RerankerException("reranker " + model + " failed: " + e.getMessage(), e);
        }
    }

    private List<Double> ask(String question, List<String> texts) throws IOException {
        byte[] body = json.writeValueAsBytes(
                Map.of("model", model, "query", question, "documents", texts, "top_n", texts.size()));
        Map<String, String> headers = ProviderHttp.headers("application/json", apiKey);
        return scores(
                ProviderHttp.text(client.send("POST", address, headers, body, timeout, LONGEST_BODY)), texts.size());
    }

    private List<Double> scores(String body, int expected) throws IOException {
        @Nullable Double[] scores = new Double[expected];
        try {
            for (JsonNode result : json.readTree(body).path("results")) {
                int index = result.path("index").asInt(-1);
                JsonNode score = result.path("relevance_score");
                if (index >= 0 && index < expected && score.isNumber()) {
                    scores[index] = score.doubleValue();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
        if (Arrays.asList(scores).contains(null)) {
            throw new IOException("no relevance_score for every document");
        }
        return List.of(scores);
    }

    @Override
    public void close() {
        calls.close();
    }
}
