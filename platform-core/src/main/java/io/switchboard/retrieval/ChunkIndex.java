package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dense vectors and terms of every chunk, by tenant. The index is derived: PostgreSQL holds text and embeddings, and any index can be
 * rebuilt from it. No method ever looks across tenants.
 */
public interface ChunkIndex {

    /** Name as in the setting {@code SWITCHBOARD_VECTOR_STORE}. */
    String name();

    /**
     * Replaces all chunks of a document, with vectors of the tenant's model as {@link TenantModels} says it; visible to searches when the
     * call returns, or the transaction ends that is open.
     */
    void replace(TenantId tenant, DocumentId document, List<IndexedChunk> chunks);

    void remove(TenantId tenant, DocumentId document);

    void removeTenant(TenantId tenant);

    /** Removes what the tenant has of other models than the one that {@link TenantModels} says. */
    void removeFormerModels(TenantId tenant);

    /** Chunks nearest to the vector by cosine, best first, score = cosine. */
    List<Hit> dense(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, float[] vector, int limit);

    /** Chunks by BM25 over the terms, best first. */
    List<Hit> lexical(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, List<String> terms, int limit);

    /** How many of the tenant's chunks have each term, for weighing words by their rarity; terms that none has are absent. */
    Map<String, Long> documentFrequencies(TenantId tenant, Set<String> terms);

    /** Documents of the tenant that have chunks in the index. */
    Set<DocumentId> documents(TenantId tenant);

    /** Chunks of the tenant. */
    long size(TenantId tenant);

    /**
     * A chunk as it is searched.
     *
     * @param terms as the analyzer of the chunk's language made them, in order, with repetitions
     * @param vector null if there is none, so that words alone find the chunk
     */
    record IndexedChunk(ChunkId id, KnowledgeBaseId knowledgeBase, List<String> terms, float @Nullable [] vector) {

        public IndexedChunk {
            terms = List.copyOf(terms);
        }
    }

    record Hit(ChunkId chunk, double score) {}
}
