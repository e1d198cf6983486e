package io.switchboard.answering;

import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.QuestionTerms;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchResult;
import io.switchboard.retrieval.TenantEmbedders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Decides whether what was found speaks to the question. Nearness of meaning and shared words make up for each other: a paraphrase shares
 * few words, a follow-up such as "and on Sundays?" is near to nothing. This keeps foreign questions out; it does not prove an answer.
 */
@Component
class Evidence {

    private static final int PASSAGES_LOOKED_AT = 3;

    private final RetrievalService retrieval;
    private final TenantEmbedders embedders;
    private final SimilarityScale scale;

    Evidence(RetrievalService retrieval, TenantEmbedders embedders, SimilarityScale scale) {
        this.retrieval = retrieval;
        this.embedders = embedders;
        this.scale = scale;
    }

    /**
     * What speaks for the passages.
     *
     * @param words support by shared words, 0 to 1
     * @param meaning nearness on the scale of similarity; 0 where vectors cannot be trusted
     * @param meaningTrusted false if words alone decide
     */
    record Strength(double words, double meaning, boolean meaningTrusted) {

        private static final Strength NONE = new Strength(0, 0, false);

        /**
         * What full support by words is worth on the scale of similarity. Found on 24 articles of XQuAD (English), each a small corpus of
         * its own, with its own questions and with those of others.
         */
        private static final double WORTH_OF_WORDS = 0.8;

        /** Let through 95 % of the fitting questions there, and 0.3 % of the foreign ones. */
        private static final double ENOUGH_TO_QUOTE = 0.9;

        /** A model reads the passages and can decline, so more is put before it: 99.5 % and 2.4 %. */
        private static final double ENOUGH_TO_READ = 0.6;

        private static final double ENOUGH_WORDS_ALONE = 0.5;

        /** The same, knowing how near the best sentence is: a passage of many subjects is far from a question about one. */
        Strength withSentence(double nearest) {
            return new Strength(words, Math.max(meaning, nearest), meaningTrusted);
        }

        boolean enoughToRead() {
            return meaningTrusted ? total() >= ENOUGH_TO_READ : words >= ENOUGH_WORDS_ALONE;
        }

        boolean enoughToQuote() {
            return meaningTrusted ? total() >= ENOUGH_TO_QUOTE : words >= ENOUGH_WORDS_ALONE;
        }

        private double total() {
            return meaning + WORTH_OF_WORDS * words;
        }
    }

    Strength weigh(TenantId tenant, String question, SearchResult found) {
        List<Passage> best = found.passages()
                .subList(0, Math.min(PASSAGES_LOOKED_AT, found.passages().size()));
        if (best.isEmpty()) {
            return Strength.NONE;
        }
        Map<String, QuestionTerms> byLanguage = new HashMap<>();
        double words = best.stream()
                .mapToDouble(passage -> byLanguage
                        .computeIfAbsent(passage.language(), language -> retrieval.weigh(tenant, language, question))
                        .support(passage.textWithHeadings()))
                .max()
                .orElse(0);
        QuestionTerms terms =
                Objects.requireNonNull(byLanguage.get(best.getFirst().language()));
        Embedder embedder = embedders.of(tenant);
        boolean trusted =
                found.similarity() > 0 && best.stream().allMatch(passage -> embedder.understands(passage.language()));
        if (!trusted) {
            return new Strength(words, 0, false);
        }
        double cosine = terms.isEmpty() ? nearestInContext(best) : found.similarity();
        return new Strength(words, scale.place(tenant, cosine), true);
    }

    /** A question without words of its own, such as "why?", means what was talked about before. */
    private static double nearestInContext(List<Passage> passages) {
        return passages.stream()
                .map(passage -> passage.scores().dense())
                .mapToDouble(cosine -> cosine == null ? 0 : cosine)
                .max()
                .orElse(0);
    }
}
