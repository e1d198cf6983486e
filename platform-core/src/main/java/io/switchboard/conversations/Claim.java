package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;

/**
 * A worker's hold on a conversation.
 *
 * @param token fences: every write names it, and a later claim makes it stale
 * @param doneSeq last message that is answered
 * @param attempts claims of the first unanswered message, this one included
 */
record Claim(TenantId tenant, ConversationId conversation, ChannelId channel, long token, long doneSeq, int attempts) {

    long firstSeq() {
        return doneSeq + 1;
    }
}
