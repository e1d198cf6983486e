package io.switchboard.conversations;

import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply that needs a person: no answer could be made, or it could not be delivered.
 *
 * @param question what the customer wrote
 * @param text what was, or should have been, sent
 * @param code the provider's error code, or {@code no-answer}
 */
public record DeadLetter(
        ReplyId reply,
        Kind kind,
        ConversationId conversation,
        String contact,
        String channelName,
        String question,
        String text,
        @Nullable String code,
        @Nullable String reason,
        int attempts,
        Instant at) {

    public enum Kind {
        /** Every attempt at an answer failed; the customer got the fallback text. */
        TURN,
        /** The provider did not take it, or said later that it failed. */
        SEND
    }
}
