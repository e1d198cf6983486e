package io.switchboard.conversations;

import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;

/**
 * A sender's hold on a reply; its state is SENDING on disk before this exists.
 *
 * @param token fences, as with {@link Claim}
 * @param attempt tries to send, this one included
 */
record SendClaim(TenantId tenant, ReplyId reply, long token, int attempt) {

    /** What the provider returns with its statuses. */
    String callbackData() {
        return reply + ":" + attempt;
    }
}
