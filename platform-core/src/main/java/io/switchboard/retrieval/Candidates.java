package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.retrieval.ChunkIndex.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.springframework.stereotype.Component;

/** The two lists that a search begins with, as the filter of the search leaves them. */
@Component
class Candidates {

    /** Chunks taken from each list before the two are joined. */
    static final int COUNT = 100;

    /** Where a filter lets few chunks through, the lists are read this far down, in steps. */
    static final int DEEPEST = 10_000;

    private static final int STEP = 8;

    private final ChunkIndex index;
    private final KnowledgeService knowledge;
    private final Lexicon lexicon;

    Candidates(ChunkIndex index, KnowledgeService knowledge, Lexicon lexicon) {
        this.index = index;
        this.knowledge = knowledge;
        this.lexicon = lexicon;
    }

    /** Best first. */
    List<Hit> dense(TenantId tenant, Set<KnowledgeBaseId> all, SearchRequest request, float[] vector) {
        return filtered(tenant, request, depth -> index.dense(tenant, all, vector, depth));
    }

    /** Best first. Chunks of each language are searched with the question's words as that language's analysis makes them. */
    List<Hit> lexical(TenantId tenant, Searched where, SearchRequest request) {
        return filtered(tenant, request, depth -> lexical(tenant, where, request, depth));
    }

    /** As {@link #dense}, without the filter and as far down as a passage that was expected may be. */
    List<Hit> deepDense(TenantId tenant, Set<KnowledgeBaseId> all, float[] vector) {
        return index.dense(tenant, all, vector, deep(tenant));
    }

    List<Hit> deepLexical(TenantId tenant, Searched where, SearchRequest request) {
        return lexical(tenant, where, request, deep(tenant));
    }

    /** The nearest chunk to a vector; empty if there is none. */
    List<Hit> nearest(TenantId tenant, Set<KnowledgeBaseId> all, float[] vector) {
        return index.dense(tenant, all, vector, 1);
    }

    private int deep(TenantId tenant) {
        return Math.clamp(index.size(tenant), COUNT, DEEPEST);
    }

    private List<Hit> lexical(TenantId tenant, Searched where, SearchRequest request, int depth) {
        List<String> terms = new ArrayList<>();
        if (!request.previousQuestions().isEmpty()) {
            terms.addAll(
                    lexicon.terms(where.languages(), request.previousQuestions().getLast()));
        }
        terms.addAll(lexicon.terms(where.languages(), request.query()));
        return index.lexical(tenant, where.knowledgeBases(), terms, depth);
    }

    /** The index knows nothing of documents' tags, dates and languages, so the database chooses among what the index finds. */
    private List<Hit> filtered(TenantId tenant, SearchRequest request, IntFunction<List<Hit>> list) {
        if (request.filter().isEmpty()) {
            return list.apply(COUNT);
        }
        for (int depth = COUNT; ; depth = Math.min(depth * STEP, DEEPEST)) {
            List<Hit> hits = list.apply(depth);
            Set<ChunkId> fitting = knowledge.fitting(
                    tenant, request.filter(), hits.stream().map(Hit::chunk).toList());
            List<Hit> kept = hits.stream()
                    .filter(hit -> fitting.contains(hit.chunk()))
                    .limit(COUNT)
                    .toList();
            if (kept.size() == COUNT || hits.size() < depth || depth == DEEPEST) {
                return kept;
            }
        }
    }
}
