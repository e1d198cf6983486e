package io.switchboard.retrieval.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorOutputHelper;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Bm25;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.TermHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a chunk is written into Qdrant and found again. A word has the weight of BM25's part for its frequency, as if the tenant's chunks had
 * {@value #USUAL_WORDS} words on average: how many they have changes with every document. The best by that weight are scored anew.
 */
final class ChunkPoint {

    private static final int USUAL_WORDS = 100;

    private ChunkPoint() {}

    /** Words are the upper half of their {@link TermHash}: Qdrant numbers them with 32 bits. */
    static int word(String term) {
        return (int) (TermHash.of(term) >>> 32);
    }

    static PointStruct of(TenantId tenant, DocumentId document, IndexedChunk chunk) {
        Map<Integer, Integer> frequencies = new TreeMap<>();
        chunk.terms().forEach(term -> frequencies.merge(word(term), 1, Integer::sum));
        int length = chunk.terms().size();
        Map<String, Vector> vectors = new HashMap<>();
        float[] dense = chunk.vector();
        if (dense != null) {
            vectors.put(ChunkCollection.DENSE, vector(dense));
        }
        if (length > 0) {
            vectors.put(ChunkCollection.WORDS, words(frequencies, length));
        }
        List<Value> terms = frequencies.keySet().stream()
                .map(word -> value(Integer.toUnsignedLong(word)))
                .toList();
        return PointStruct.newBuilder()
                .setId(id(chunk.id().value()))
                .setVectors(namedVectors(vectors))
                .putPayload(ChunkCollection.TENANT, value(tenant.toString()))
                .putPayload(ChunkCollection.DOCUMENT, value(document.toString()))
                .putPayload(ChunkCollection.BASE, value(chunk.knowledgeBase().toString()))
                .putPayload(ChunkCollection.LENGTH, ValueFactory.value((long) length))
                .putPayload(ChunkCollection.TERMS, list(terms))
                .build();
    }

    private static Vector words(Map<Integer, Integer> frequencies, int length) {
        List<Integer> indices = new ArrayList<>(frequencies.size());
        List<Float> weights = new ArrayList<>(frequencies.size());
        frequencies.forEach((word, frequency) -> {
            indices.add(word);
            weights.add((float) (frequency / (frequency + norm(length, USUAL_WORDS))));
        });
        return vector(weights, indices);
    }

    private static double norm(int length, double averageWords) {
        return Bm25.K1 * (1 - Bm25.B + Bm25.B * Bm25.length(length) / averageWords);
    }

    static ChunkId chunk(ScoredPoint point) {
        return new ChunkId(UUID.fromString(point.getId().getUuid()));
    }

    /**
     * BM25 of a chunk that was found, with the tenant's real average.
     *
     * @param weights of the question's words
     */
    static double score(ScoredPoint point, Map<Integer, Double> weights, double averageWords) {
        int length = (int) point.getPayloadOrThrow(ChunkCollection.LENGTH).getIntegerValue();
        SparseVector words = VectorOutputHelper.getSparseVector(
                point.getVectors().getVectors().getVectorsOrThrow(ChunkCollection.WORDS));
        double score = 0;
        for (int i = 0; i < words.getIndicesCount(); i++) {
            Double weight = weights.get(words.getIndices(i));
            if (weight != null) {
                double kept = words.getValues(i);
                long frequency = Math.max(1, Math.round(kept * norm(length, USUAL_WORDS) / (1 - kept)));
                score += weight * (frequency / (frequency + norm(length, averageWords)));
            }
        }
        return score;
    }
}
