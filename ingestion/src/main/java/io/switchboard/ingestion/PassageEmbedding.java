package io.switchboard.ingestion;

import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.retrieval.Embedder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Embeds the texts of chunks that the tenant has no vector of, a batch at a time, so that a crash loses one batch at most. */
@Component
class PassageEmbedding {

    private static final int BATCH = 32;

    private final DocumentProcessing processing;

    PassageEmbedding(DocumentProcessing processing) {
        this.processing = processing;
    }

    /** Told after each batch. */
    interface Progress {

        /**
         * @param share of the texts that are embedded, 0 to 1
         * @return false to stop
         */
        boolean at(double share);
    }

    /** @return false if it was stopped */
    boolean embed(TenantId tenant, Embedder embedder, List<NewChunk> chunks, Progress progress) {
        Map<String, String> texts = new LinkedHashMap<>();
        chunks.forEach(chunk -> texts.putIfAbsent(chunk.textHash(), chunk.embeddedText()));
        Set<String> known = processing.knownEmbeddings(tenant, embedder.model(), texts.keySet());
        List<String> missing =
                texts.keySet().stream().filter(hash -> !known.contains(hash)).toList();
        for (int start = 0; start < missing.size(); start += BATCH) {
            List<String> batch = missing.subList(start, Math.min(start + BATCH, missing.size()));
            processing.storeEmbeddings(tenant, embedder.model(), vectors(embedder, batch, texts));
            if (!progress.at((start + batch.size()) / (double) missing.size())) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, float[]> vectors(Embedder embedder, List<String> hashes, Map<String, String> texts) {
        List<float[]> embedded = embedder.embedPassages(
                hashes.stream().map(hash -> texts.getOrDefault(hash, "")).toList());
        Map<String, float[]> vectors = HashMap.newHashMap(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            vectors.put(hashes.get(i), embedded.get(i));
        }
        return vectors;
    }
}
