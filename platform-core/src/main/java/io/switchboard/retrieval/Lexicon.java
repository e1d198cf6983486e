package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The words of a tenant's chunks and how rare they are. */
@Component
class Lexicon {

    /** Weight of a word that one chunk of ten has. */
    private static final double RARE_WORD = 2;

    private final ChunkIndex index;
    private final TextAnalysis analysis;
    private final QuestionWords questionWords;
    private final Map<String, Set<String>> ignored = new ConcurrentHashMap<>();

    Lexicon(ChunkIndex index, TextAnalysis analysis) {
        this.index = index;
        this.analysis = analysis;
        this.questionWords = new QuestionWords(analysis);
    }

    List<String> terms(String language, String text) {
        return analysis.terms(language, text);
    }

    QuestionTerms weigh(TenantId tenant, String language, String question) {
        Set<String> terms = new LinkedHashSet<>(analysis.terms(language, question));
        terms.removeAll(ignored.computeIfAbsent(language, questionWords::of));
        Map<String, Long> frequencies = index.documentFrequencies(tenant, terms);
        long chunks = index.size(tenant);
        Map<String, Double> weights = new HashMap<>();
        for (String term : terms) {
            weights.put(term, Bm25.rarity(chunks, frequencies.getOrDefault(term, 0L)));
        }
        return new QuestionTerms(analysis, language, weights, Math.min(RARE_WORD, Bm25.rarity(chunks, 1)));
    }
}
