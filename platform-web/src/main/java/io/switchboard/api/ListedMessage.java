package io.switchboard.api;

import io.switchboard.conversations.LoggedMessage;
import io.switchboard.conversations.SentFile;
import io.switchboard.conversations.ThreadMessage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in the lists of one and of several conversations, and in live events.
 *
 * @param description what a model saw in the picture that the message carries, or how its document begins; null if nobody looked
 * @param coveredBy the reply that answers an inbound message
 * @param citations names of the documents a reply rests on
 * @param choices what was offered under a reply, for the customer to send without typing
 * @param file what a person sent with a reply; null for none
 */
record ListedMessage(
        UUID id,
        UUID conversationId,
        UUID channelId,
        ThreadMessage.Direction direction,
        @Nullable String text,
        @Nullable String description,
        String status,
        Instant at,
        @Nullable UUID coveredBy,
        List<String> citations,
        List<String> choices,
        @Nullable SentFile file,
        List<ThreadMessage.Step> timeline) {

    static ListedMessage of(LoggedMessage logged) {
        ThreadMessage message = logged.message();
        return new ListedMessage(
                message.id(),
                logged.conversation().value(),
                logged.channel().value(),
                message.direction(),
                message.text(),
                message.description(),
                message.status(),
                message.at(),
                message.coveredBy() == null ? null : message.coveredBy().value(),
                message.citations(),
                message.choices(),
                message.file(),
                message.timeline());
    }
}
