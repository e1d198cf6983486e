package io.switchboard.retrieval;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The words of a question that carry meaning, each weighted by its rarity among a tenant's chunks. */
public final class QuestionTerms {

    private final TextAnalysis analysis;
    private final String language;
    private final Map<String, Double> weights;
    private final double total;
    private final double rareWord;

    /** @param rareWord weight from which a word alone says what the question is about */
    QuestionTerms(TextAnalysis analysis, String language, Map<String, Double> weights, double rareWord) {
        this.analysis = analysis;
        this.language = language;
        this.weights = Map.copyOf(weights);
        this.total = sum(weights.keySet());
        this.rareWord = rareWord;
    }

    /** True if no word carries meaning, as in "and why?". */
    public boolean isEmpty() {
        return weights.isEmpty();
    }

    /** Words in base form. */
    public Set<String> terms() {
        return weights.keySet();
    }

    /** The question's words that a text has. */
    public Set<String> in(String text) {
        Set<String> found = new HashSet<>(analysis.terms(language, text));
        found.retainAll(weights.keySet());
        return found;
    }

    /** Share of the question's weight that a text has, 0 to 1; 1 for a question without words. */
    public double coverage(String text) {
        return share(in(text));
    }

    /**
     * How far the words of a text speak for it as an answer, 0 to 1: its coverage, less if all that is shared are words which many chunks
     * have. Of "when are you open?" a program's manual has every word too.
     */
    public double support(String text) {
        Set<String> shared = in(text);
        return shared.isEmpty() ? 0 : share(shared) * Math.min(1, sum(shared) / rareWord);
    }

    /** Share of the question's weight that some of its words have, 0 to 1; 1 for a question without words. */
    public double share(Set<String> terms) {
        return total == 0 ? 1 : sum(terms) / total;
    }

    private double sum(Set<String> terms) {
        return terms.stream()
                .mapToDouble(term -> weights.getOrDefault(term, 0.0))
                .sum();
    }
}
