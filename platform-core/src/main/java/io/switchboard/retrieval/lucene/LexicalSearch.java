package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/** BM25 over the terms of a question; a term that is in it twice counts twice. */
final class LexicalSearch {

    /** Below Lucene's limit of clauses; a question with more distinct words is a document, and its first ones speak for it. */
    private static final int MAX_TERMS = 500;

    private LexicalSearch() {}

    static List<Hit> best(IndexSearcher searcher, Set<KnowledgeBaseId> knowledgeBases, List<String> terms, int limit)
            throws IOException {
        if (terms.isEmpty() || knowledgeBases.isEmpty()) {
            return List.of();
        }
        BooleanQuery any = anyOf(terms);
        BooleanQuery query = new BooleanQuery.Builder()
                .add(any, BooleanClause.Occur.MUST)
                .add(ChunkFields.in(knowledgeBases), BooleanClause.Occur.FILTER)
                .build();
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc found : searcher.search(query, limit).scoreDocs) {
            hits.add(new Hit(ChunkFields.id(searcher.getIndexReader(), found.doc), found.score));
        }
        return hits;
    }

    private static BooleanQuery anyOf(List<String> terms) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String term : terms) {
            counts.merge(term, 1, Integer::sum);
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        counts.entrySet().stream()
                .limit(MAX_TERMS)
                .forEach(entry -> any.add(
                        new BoostQuery(new TermQuery(new Term(ChunkFields.TERMS, entry.getKey())), entry.getValue()),
                        BooleanClause.Occur.SHOULD));
        return any.build();
    }
}
