package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
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

    /**
     * Terms of a question to texts in several languages. Each word stands there as the analysis of each language makes it, and once where
     * they agree: a chunk only has words as its own language's analysis makes them, so those of the others do not find it.
     */
    List<String> terms(SortedSet<String> languages, String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String language : languages) {
            QueryTerms.counted(analysis.terms(language, text))
                    .forEach((term, count) -> counts.merge(term, count, Math::max));
        }
        return counts.entrySet().stream()
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
                .toList();
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
