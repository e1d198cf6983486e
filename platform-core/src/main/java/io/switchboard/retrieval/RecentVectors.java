package io.switchboard.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Vectors that a tenant's conversations needed a moment ago: the questions before the newest one, and the sentences of passages that are
 * quoted again and again. Each tenant has vectors of its own, though equal texts have equal ones: how fast an answer comes must not tell
 * what others ask, and when the model is busy, tenants take turns. The vectors are shared by all callers and must not be written to.
 */
@Service
public class RecentVectors {

    /** Some 10,000 vectors of 384 numbers with their texts. */
    private static final long MOST_BYTES = 24L * 1024 * 1024;

    private static final int BYTES_OF_AN_ENTRY = 160;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Function<TenantId, Embedder> embedders;
    private final Map<String, TenantGate> gates = new ConcurrentHashMap<>();
    private final Cache<Key, float[]> vectors = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .<Key, float[]>weigher((key, vector) ->
                    BYTES_OF_AN_ENTRY + Character.BYTES * key.text().length() + Float.BYTES * vector.length)
            .expireAfterAccess(UNUSED)
            .build();

    @Autowired
    RecentVectors(TenantEmbedders embedders) {
        this(embedders::of);
    }

    /** @param embedders of each tenant */
    RecentVectors(Function<TenantId, Embedder> embedders) {
        this.embedders = embedders;
    }

    /** As {@link Embedder#embedQuery}, by the tenant's embedder. */
    public float[] ofQuestion(TenantId tenant, String question) {
        return ofQuestion(tenant, embedders.apply(tenant), question);
    }

    float[] ofQuestion(TenantId tenant, Embedder embedder, String question) {
        Key key = new Key(tenant, embedder.model(), Kind.QUESTION, question);
        float[] known = vectors.getIfPresent(key);
        if (known != null) {
            return known;
        }
        float[] vector = inTurn(tenant, embedder, () -> embedder.embedQuery(question));
        vectors.put(key, vector);
        return vector;
    }

    private <T> T inTurn(TenantId tenant, Embedder embedder, Supplier<T> work) {
        TenantGate gate = gates.computeIfAbsent(embedder.model(), _ -> new TenantGate(embedder.callsAtOnce()));
        try {
            return gate.call(tenant, work);
        } catch (CancellationException e) {
            throw new EmbedderException("interrupted while waiting for the embedding model", e);
        }
    }

    /** As {@link Embedder#embedPassages}, by the tenant's embedder; the model is given only what is not remembered, once. */
    public List<float[]> ofPassages(TenantId tenant, List<String> texts) {
        Embedder embedder = embedders.apply(tenant);
        Map<Key, float[]> found = new LinkedHashMap<>();
        List<Key> missing = new ArrayList<>();
        for (String text : texts) {
            Key key = new Key(tenant, embedder.model(), Kind.PASSAGE, text);
            float[] known = vectors.getIfPresent(key);
            if (known != null) {
                found.put(key, known);
            } else if (!missing.contains(key)) {
                missing.add(key);
            }
        }
        if (!missing.isEmpty()) {
            embed(tenant, embedder, missing, found);
        }
        return texts.stream()
                .map(text -> found.get(new Key(tenant, embedder.model(), Kind.PASSAGE, text)))
                .toList();
    }

    private void embed(TenantId tenant, Embedder embedder, List<Key> missing, Map<Key, float[]> found) {
        List<String> texts = missing.stream().map(Key::text).toList();
        List<float[]> embedded = inTurn(tenant, embedder, () -> embedder.embedPassagesNow(texts));
        for (int i = 0; i < missing.size(); i++) {
            found.put(missing.get(i), embedded.get(i));
            vectors.put(missing.get(i), embedded.get(i));
        }
    }

    /** Forgets what a tenant's customers asked. */
    public void forget(TenantId tenant) {
        vectors.asMap().keySet().removeIf(key -> key.tenant().equals(tenant));
    }

    /** Models may want questions marked, so the same text has two vectors. */
    private enum Kind {
        QUESTION,
        PASSAGE
    }

    private record Key(TenantId tenant, String model, Kind kind, String text) {}
}
