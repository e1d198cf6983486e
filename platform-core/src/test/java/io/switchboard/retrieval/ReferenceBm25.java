package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** BM25 as its formula says, over chunks in memory: what the stores' scores are compared with. */
public final class ReferenceBm25 {

    private static final double K1 = 0.9;
    private static final double B = 0.4;

    private final List<IndexedChunk> chunks;
    private final double averageWords;

    public ReferenceBm25(List<IndexedChunk> chunks) {
        this.chunks = chunks;
        this.averageWords = chunks.stream()
                .mapToInt(chunk -> chunk.terms().size())
                .average()
                .orElseThrow();
    }

    /** Of all chunks that have one of the words. */
    public Map<ChunkId, Double> scores(List<String> question) {
        Map<ChunkId, Double> scores = new HashMap<>();
        for (String word : question) {
            long having = chunks.stream()
                    .filter(chunk -> chunk.terms().contains(word))
                    .count();
            double idf = Math.log(1 + (chunks.size() - having + 0.5) / (having + 0.5));
            for (IndexedChunk chunk : chunks) {
                int frequency = Collections.frequency(chunk.terms(), word);
                if (frequency > 0) {
                    double norm = K1 * (1 - B + B * rounded(chunk.terms().size()) / averageWords);
                    scores.merge(chunk.id(), idf * frequency / (frequency + norm), Double::sum);
                }
            }
        }
        return scores;
    }

    double[] best(List<String> question, int limit) {
        return scores(question).values().stream()
                .sorted(Collections.reverseOrder())
                .limit(limit)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Lucene keeps lengths above 40 in steps: of what exceeds 24, the leading four bits. */
    private static int rounded(int words) {
        if (words < 40) {
            return words;
        }
        int step = Integer.highestOneBit(words - 24) / 8;
        return 24 + (words - 24) / step * step;
    }
}
