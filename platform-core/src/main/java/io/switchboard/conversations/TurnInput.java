package io.switchboard.conversations;

import io.switchboard.answering.MediaReader.Sense;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has to answer.
 *
 * @param pending unanswered messages in order
 * @param history what was said before them, oldest first
 * @param recentMessages how many of the messages seen here came in the last minute; there may be more if they are many
 * @param optedOut whether the customer wants no messages of the bot
 * @param answerWithin age up to which the tenant wants messages answered
 */
record TurnInput(
        ChannelId channel,
        List<Pending> pending,
        List<Utterance> history,
        int recentMessages,
        Duration answerWithin,
        boolean optedOut) {

    TurnInput(
            ChannelId channel,
            List<Pending> pending,
            List<Utterance> history,
            int recentMessages,
            Duration answerWithin) {
        this(channel, pending, history, recentMessages, answerWithin, false);
    }

    TurnInput {
        pending = List.copyOf(pending);
        history = List.copyOf(history);
    }

    long lastSeq() {
        return pending.getLast().seq();
    }

    Instant waitingSince() {
        return pending.getFirst().receivedAt();
    }

    /** What asks for an answer, words and pictures, one message to a line; empty if there is nothing. */
    String question() {
        return String.join(
                "\n",
                pending.stream().filter(Pending::answerable).map(Pending::said).toList());
    }

    /** True if a message came that the bot cannot read, such as a picture; what is written besides is answered all the same. */
    boolean hasUnreadable() {
        return pending.stream().anyMatch(Pending::unreadable);
    }

    /** Up to the first of such messages; empty if that is the first of all. */
    Optional<TurnInput> before(Predicate<Pending> such) {
        for (int i = 0; i < pending.size(); i++) {
            if (such.test(pending.get(i))) {
                return i == 0 ? Optional.empty() : Optional.of(first(i));
            }
        }
        return Optional.of(this);
    }

    /** False if nothing is to be said. */
    boolean asks() {
        return hasUnreadable() || !question().isBlank();
    }

    /** The newest message that is nothing but a word of opting out or in; it counts however old it is. */
    Optional<OptRequest> optRequest() {
        for (int i = pending.size() - 1; i >= 0; i--) {
            Optional<OptWord> word =
                    pending.get(i).answerable() ? OptWord.of(pending.get(i).text()) : Optional.empty();
            if (word.isPresent()) {
                return Optional.of(new OptRequest(word.get(), first(i + 1)));
            }
        }
        return Optional.empty();
    }

    /** @param upTo what is said and done once the request is */
    record OptRequest(OptWord word, TurnInput upTo) {}

    /** The same turn for its first message only. */
    TurnInput firstOnly() {
        return first(1);
    }

    /** How many messages at the head are too old for a bot, or ask for nothing and stand before such a one. */
    int staleHead(Instant now) {
        int stale = 0;
        for (int i = 0; i < pending.size(); i++) {
            Pending message = pending.get(i);
            if (message.asks() && message.age(now).compareTo(answerWithin) <= 0) {
                break;
            }
            if (message.asks()) {
                stale = i + 1;
            }
        }
        return stale;
    }

    TurnInput first(int messages) {
        return new TurnInput(channel, pending.subList(0, messages), history, recentMessages, answerWithin, optedOut);
    }

    /**
     * Something that a message carries and nobody has understood yet.
     *
     * @param message the provider's id of it
     */
    record Attachment(MessageMedia media, Sense sense, String message) {}

    /**
     * @param answerable whether what it says asks for an answer
     * @param unreadable whether it asks for an answer and has no words
     * @param text the customer's own words
     * @param said the same with what a picture or a document says, in brackets
     * @param attachment what more words could be had from; null if there is none
     */
    record Pending(
            long seq,
            boolean answerable,
            boolean unreadable,
            String text,
            String said,
            Instant sentAt,
            Instant receivedAt,
            @Nullable Attachment attachment) {

        Pending(long seq, boolean answerable, boolean unreadable, String text, Instant sentAt, Instant receivedAt) {
            this(seq, answerable, unreadable, text, text, sentAt, receivedAt, null);
        }

        /**
         * Longest time after which a provider still delivers: Meta repeats for up to 7 days. A message that claims to be older has a
         * wrong clock, and its arrival counts.
         */
        static final Duration LATEST_DELIVERY = Duration.ofDays(8);

        boolean asks() {
            return answerable || unreadable;
        }

        Duration age(Instant now) {
            Duration underWay = Duration.between(sentAt, receivedAt);
            boolean plausible = !underWay.isNegative() && underWay.compareTo(LATEST_DELIVERY) <= 0;
            return Duration.between(plausible ? sentAt : receivedAt, now);
        }
    }
}
