package io.switchboard.retrieval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every store makes of the terms of a question. */
public final class QueryTerms {

    /** A question with more distinct words is a document, and its first ones speak for it. Below Lucene's limit of clauses. */
    private static final int MAX_TERMS = 500;

    private QueryTerms() {}

    /** Distinct terms in their order, with how often each is in the question. */
    public static Map<String, Integer> counted(List<String> terms) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String term : terms) {
            if (counts.containsKey(term) || counts.size() < MAX_TERMS) {
                counts.merge(term, 1, Integer::sum);
            }
        }
        return counts;
    }
}
