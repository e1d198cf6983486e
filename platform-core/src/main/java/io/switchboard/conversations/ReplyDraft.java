package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import java.util.List;

/**
 * A reply before it is stored.
 *
 * @param outcome an {@link Answer.Outcome}, {@link #FALLBACK}, {@link #FLOOD} or {@link #PERSON}
 */
record ReplyDraft(
        String outcome,
        String text,
        List<StoredCitation> citations,
        String model,
        long inputTokens,
        long outputTokens,
        long retrievalMillis,
        long generationMillis) {

    /** Written when every attempt at an answer failed, so that a customer never meets silence or an error. */
    static final String FALLBACK = "FALLBACK";

    /** Written once a minute to a customer who writes more than the bot answers. */
    static final String FLOOD = "FLOOD";

    /** Written by a person, who answers in the bot's place. */
    static final String PERSON = "PERSON";

    private static final String FLOOD_TEXT =
            "That is a lot of messages at once. Please give me a minute; everything you wrote is kept.";

    private static final String FALLBACK_TEXT =
            "Sorry, I cannot answer at the moment. Your message is safe, and a colleague will look at it.";

    ReplyDraft {
        citations = List.copyOf(citations);
        text = text.replace("\0", "");
    }

    static ReplyDraft of(Answer answer) {
        return new ReplyDraft(
                answer.outcome().name(),
                answer.text(),
                StoredCitation.of(answer),
                answer.model(),
                answer.inputTokens().value(),
                answer.outputTokens().value(),
                answer.timings().retrieval().toMillis(),
                answer.timings().generation().toMillis());
    }

    static ReplyDraft fallback() {
        return fixed(FALLBACK, FALLBACK_TEXT);
    }

    static ReplyDraft flood() {
        return fixed(FLOOD, FLOOD_TEXT);
    }

    static ReplyDraft byPerson(String text) {
        return fixed(PERSON, text);
    }

    private static ReplyDraft fixed(String outcome, String text) {
        return new ReplyDraft(outcome, text, List.of(), "none", 0, 0, 0, 0);
    }
}
