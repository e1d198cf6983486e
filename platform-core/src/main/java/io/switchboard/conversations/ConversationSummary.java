package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A conversation in a list. */
public record ConversationSummary(
        ConversationId id,
        ChannelId channel,
        String channelName,
        String contact,
        @Nullable String lastText,
        Instant lastMessageAt,
        boolean waiting) {}
