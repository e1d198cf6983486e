package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a list.
 *
 * @param waiting true while a message of the customer has no reply
 * @param window null where the provider sets no limit to when we may write
 * @param optedOut true while the customer wants no messages of the bot
 * @param takenBy the person who answers in the bot's place; null while the bot does
 */
public record ConversationSummary(
        ConversationId id,
        ChannelId channel,
        String channelName,
        String contact,
        @Nullable String lastText,
        Instant lastMessageAt,
        boolean waiting,
        @Nullable String takenBy,
        @Nullable AnswerWindow window,
        boolean optedOut) {}
