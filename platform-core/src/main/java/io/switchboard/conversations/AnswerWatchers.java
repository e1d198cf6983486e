package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import java.util.function.Consumer;

/** Customers who can watch an answer being written. What they are shown is lost if nobody looks; the reply itself never is. */
public interface AnswerWatchers {

    /**
     * Whoever watches a conversation.
     *
     * @return takes the beginning of the answer, from any thread, again whenever it has changed; neither fails nor waits. Empty if nobody
     *     can be watching, which spares the model's provider a stream.
     */
    Optional<Consumer<String>> of(TenantId tenant, ChannelId channel, ConversationId conversation);
}
