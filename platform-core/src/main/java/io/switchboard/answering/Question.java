package io.switchboard.answering;

import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.ChannelId;
import io.switchboard.usage.ReservationKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a bot.
 *
 * @param history what was said before, oldest first
 * @param channel null for the API and the playground
 * @param key names the work for the quota; the same key again is the same answer
 */
public record Question(
        PublishedBot bot,
        String text,
        List<Utterance> history,
        @Nullable ChannelId channel,
        ReservationKey key) {

    public Question {
        history = List.copyOf(history);
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank question");
        }
    }

    /** Something said in the conversation. */
    public record Utterance(Speaker speaker, String text) {}

    public enum Speaker {
        CUSTOMER,
        BOT
    }
}
