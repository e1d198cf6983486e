package io.switchboard.api;

import io.switchboard.answering.Answer;
import java.util.List;
import java.util.UUID;

/** An answer with what it rests on and what it took. */
record AskResponse(Answer.Outcome outcome, String answer, List<Citation> citations, Usage usage, Timings timings) {

    /** @param document its name */
    record Citation(UUID documentId, String document, UUID chunkId, String passage) {

        static Citation of(Answer.Citation citation) {
            return new Citation(
                    citation.document().value(),
                    citation.documentName(),
                    citation.chunk().value(),
                    citation.passage());
        }
    }

    /** @param estimated true if the model's provider reported no counts */
    record Usage(String model, long inputTokens, long outputTokens, boolean estimated) {}

    record Timings(long retrievalMillis, long generationMillis, long totalMillis) {}

    static AskResponse of(Answer answer) {
        return new AskResponse(
                answer.outcome(),
                answer.text(),
                answer.citations().stream().map(Citation::of).toList(),
                new Usage(
                        answer.model(),
                        answer.inputTokens().value(),
                        answer.outputTokens().value(),
                        answer.tokensEstimated()),
                new Timings(
                        answer.timings().retrieval().toMillis(),
                        answer.timings().generation().toMillis(),
                        answer.timings().total().toMillis()));
    }
}
