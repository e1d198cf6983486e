package io.switchboard.conversations;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is first in its conversation and due, locked by us.
 *
 * @param found when it was found, by the database's clock
 * @param slot when its number has room for it; null if that is not booked yet
 */
record DueReply(
        TenantId tenant,
        ReplyId id,
        ChannelId channel,
        ConversationId conversation,
        ChannelProvider provider,
        Instant found,
        @Nullable Instant slot) {

    /**
     * Not now.
     *
     * @param at when to ask again
     * @param slot as in {@link DueReply}
     */
    record PutBack(DueReply reply, Instant at, @Nullable Instant slot) {}
}
