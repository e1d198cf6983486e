package io.switchboard.conversations;

import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.ChannelId;
import java.time.Instant;
import java.util.List;

/**
 * What a turn has to answer.
 *
 * @param pending unanswered messages in order
 * @param history what was said before them, oldest first
 */
record TurnInput(ChannelId channel, List<Pending> pending, List<Utterance> history) {

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

    /** The messages that ask for an answer, one to a line; empty if none does. */
    String question() {
        return String.join(
                "\n",
                pending.stream().filter(Pending::answerable).map(Pending::text).toList());
    }

    /** The same turn for its first message only. */
    TurnInput firstOnly() {
        return new TurnInput(channel, pending.subList(0, 1), history);
    }

    record Pending(long seq, boolean answerable, String text, Instant receivedAt) {}
}
