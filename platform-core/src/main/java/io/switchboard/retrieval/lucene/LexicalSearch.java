package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.QueryTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        QueryTerms.counted(terms)
                .forEach((term, count) -> any.add(
                        new BoostQuery(new TermQuery(new Term(ChunkFields.TERMS, term)), count),
                        BooleanClause.Occur.SHOULD));
        return any.build();
    }
}
