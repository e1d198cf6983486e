package io.switchboard.answering;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TokenCount;
import java.time.Duration;
import java.util.List;

/**
 * What the chain made of a question.
 *
 * @param text ready to send, in plain Markdown; sources are in the citations, and in the text where the channel shows no others
 * @param model {@code extractive}, or the name of the model that wrote the text
 */
public record Answer(
        Outcome outcome,
        String text,
        List<Citation> citations,
        String model,
        TokenCount inputTokens,
        TokenCount outputTokens,
        boolean tokensEstimated,
        Timings timings) {

    public Answer {
        citations = List.copyOf(citations);
    }

    /** How it ended. */
    public enum Outcome {
        /** From the documents, with citations; or a greeting returned, without any. */
        ANSWERED,
        /** The documents do not say; the text is the bot's refusal. */
        NO_ANSWER,
        /** A rule forbids an answer. */
        REFUSED,
        /** The tenant's plan is spent. */
        BUDGET_SPENT
    }

    /** @param passage the sentences the answer rests on */
    public record Citation(DocumentId document, String documentName, ChunkId chunk, String passage) {}

    public record Timings(Duration retrieval, Duration generation, Duration total) {}

    /** True where the customer may like to see what can be asked: nothing was found, or it was a greeting or a thank-you. */
    public boolean invites() {
        return outcome == Outcome.NO_ANSWER || (outcome == Outcome.ANSWERED && citations.isEmpty());
    }

    /** True if the answer counts against the plan and has an open reservation to settle. */
    public boolean metered() {
        return outcome != Outcome.BUDGET_SPENT;
    }
}
