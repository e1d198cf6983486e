package io.switchboard.retrieval;

import io.switchboard.kernel.KnowledgeBaseId;
import java.util.List;
import java.util.Set;

/**
 * What to look for.
 *
 * @param previousQuestions what the same person asked before, oldest first; helps with follow-ups
 * @param limit passages at most, 1 to 50
 */
public record SearchRequest(
        Set<KnowledgeBaseId> knowledgeBases, String query, List<String> previousQuestions, int limit) {

    public SearchRequest {
        knowledgeBases = Set.copyOf(knowledgeBases);
        previousQuestions = List.copyOf(previousQuestions);
        if (limit < 1 || limit > 50) {
            throw new IllegalArgumentException("limit outside 1 to 50: " + limit);
        }
    }
}
