package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.knowledge.DocumentFilter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look for.
 *
 * @param previousQuestions what the same person asked before, oldest first; helps with follow-ups
 * @param limit passages at most, 1 to 50
 * @param filter which documents may speak
 * @param expected a passage whose fate is to be explained; null: none
 */
public record SearchRequest(
        Set<KnowledgeBaseId> knowledgeBases,
        String query,
        List<String> previousQuestions,
        int limit,
        DocumentFilter filter,
        @Nullable ChunkId expected) {

    public SearchRequest {
        knowledgeBases = Set.copyOf(knowledgeBases);
        previousQuestions = List.copyOf(previousQuestions);
        if (limit < 1 || limit > 50) {
            throw new IllegalArgumentException("limit outside 1 to 50: " + limit);
        }
    }

    public SearchRequest(Set<KnowledgeBaseId> knowledgeBases, String query, List<String> previousQuestions, int limit) {
        this(knowledgeBases, query, previousQuestions, limit, DocumentFilter.NONE, null);
    }

    public SearchRequest with(DocumentFilter documents) {
        return new SearchRequest(knowledgeBases, query, previousQuestions, limit, documents, expected);
    }

    public SearchRequest expecting(@Nullable ChunkId passage) {
        return new SearchRequest(knowledgeBases, query, previousQuestions, limit, filter, passage);
    }
}
