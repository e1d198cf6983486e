package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.Question;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.FilledTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply before it is stored.
 *
 * @param outcome an {@link Answer.Outcome}, {@link #FALLBACK}, {@link #FLOOD}, {@link #OPTED}, {@link #UNREADABLE} or {@link #PERSON}
 * @param author the person who wrote it; null for what a bot says
 * @param choices what the customer may answer without typing; may be empty
 * @param template what it is sent as; null for a text that is sent as it is
 */
record ReplyDraft(
        String outcome,
        String text,
        List<StoredCitation> citations,
        String model,
        long inputTokens,
        long outputTokens,
        long retrievalMillis,
        long generationMillis,
        @Nullable String author,
        List<String> choices,
        @Nullable FilledTemplate template) {

    /** Written when every attempt at an answer failed, so that a customer never meets silence or an error. */
    static final String FALLBACK = "FALLBACK";

    /** Written once a minute to a customer who writes more than the bot answers. */
    static final String FLOOD = "FLOOD";

    /** Written to messages without words. */
    static final String UNREADABLE = "UNREADABLE";

    /** Written by a person, who answers in the bot's place. */
    static final String PERSON = "PERSON";

    /** Confirms that the customer gets no more messages, or gets them again. */
    static final String OPTED = "OPTED";

    ReplyDraft {
        citations = List.copyOf(citations);
        choices = List.copyOf(choices);
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
                answer.timings().generation().toMillis(),
                null,
                List.of(),
                null);
    }

    /** With what the bot offers to ask, where the answer invites to it. */
    static ReplyDraft of(Question question, Answer answer) {
        ReplyDraft draft = of(answer);
        return answer.invites() ? draft.offering(question.bot().definition().quickReplies()) : draft;
    }

    private ReplyDraft offering(List<String> offered) {
        return new ReplyDraft(
                outcome,
                text,
                citations,
                model,
                inputTokens,
                outputTokens,
                retrievalMillis,
                generationMillis,
                author,
                offered,
                template);
    }

    static ReplyDraft fallback(BotSentences sentences) {
        return fixed(FALLBACK, sentences.outage(), null);
    }

    static ReplyDraft flood(BotSentences sentences) {
        return fixed(FLOOD, sentences.flood(), null);
    }

    static ReplyDraft unreadable(BotSentences sentences) {
        return fixed(UNREADABLE, sentences.unreadable(), null);
    }

    static ReplyDraft opted(OptWord word) {
        return fixed(OPTED, word.confirmation(), null);
    }

    static ReplyDraft byPerson(String text, String author) {
        return fixed(PERSON, text, author);
    }

    /** @param text what the customer reads */
    static ReplyDraft template(String text, FilledTemplate template, String author) {
        return new ReplyDraft(PERSON, text, List.of(), "none", 0, 0, 0, 0, author, List.of(), template);
    }

    private static ReplyDraft fixed(String outcome, String text, @Nullable String author) {
        return new ReplyDraft(outcome, text, List.of(), "none", 0, 0, 0, 0, author, List.of(), null);
    }
}
