package io.switchboard.retrieval;

import io.switchboard.kernel.KnowledgeBaseId;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a search looks.
 *
 * @param languages that documents there are in
 */
record Searched(Set<KnowledgeBaseId> knowledgeBases, SortedSet<String> languages) {

    Searched {
        knowledgeBases = Set.copyOf(knowledgeBases);
        languages = new TreeSet<>(languages);
    }
}
