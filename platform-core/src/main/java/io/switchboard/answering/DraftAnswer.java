package io.switchboard.answering;

import io.switchboard.answering.Answer.Citation;
import io.switchboard.kernel.TokenCount;
import java.util.List;

/**
 * What an answerer wrote, before outcome and timings.
 *
 * @param citations what it rests on, at least one
 */
record DraftAnswer(
        String text,
        List<Citation> citations,
        String model,
        TokenCount inputTokens,
        TokenCount outputTokens,
        boolean tokensEstimated) {

    static final String EXTRACTIVE = "extractive";

    DraftAnswer {
        citations = List.copyOf(citations);
        if (citations.isEmpty()) {
            throw new IllegalArgumentException("an answer without a source");
        }
    }

    static DraftAnswer quoted(String text, Citation citation) {
        return new DraftAnswer(text, List.of(citation), EXTRACTIVE, TokenCount.ZERO, TokenCount.ZERO, false);
    }
}
