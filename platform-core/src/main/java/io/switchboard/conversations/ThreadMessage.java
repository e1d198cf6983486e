package io.switchboard.conversations;

import io.switchboard.kernel.ReplyId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, either way.
 *
 * @param id of the inbox or reply row
 * @param description what a model saw in the picture that the message carries, or how its document begins; null if nobody looked, on replies too
 * @param status inbound: RECEIVED, ANSWERED, STORED (needs no answer), STALE (too old for a bot), FLOOD (too many at
 *     once), OPTED_OUT (the customer wants no messages) or REVOKED (taken back by the customer, the text is gone); outbound: a {@link ReplyStatus}
 * @param coveredBy the reply that answers an inbound message; null while there is none, and on replies
 * @param citations names of the documents a reply rests on
 * @param choices what was offered under a reply, for the customer to send without typing
 * @param file what a person sent beside the text, which may be blank then; null for none
 * @param timeline what happened to it, oldest first
 */
public record ThreadMessage(
        UUID id,
        Direction direction,
        @Nullable String text,
        @Nullable String description,
        String status,
        Instant at,
        @Nullable ReplyId coveredBy,
        List<String> citations,
        List<String> choices,
        @Nullable SentFile file,
        List<Step> timeline) {

    public ThreadMessage {
        citations = List.copyOf(citations);
        choices = List.copyOf(choices);
        timeline = List.copyOf(timeline);
    }

    /** True if the text was made of a recording. */
    public boolean isTranscript() {
        return timeline.stream().anyMatch(step -> step.name().equals("transcribed"));
    }

    public enum Direction {
        IN,
        OUT
    }

    /** @param name received, transcribed, described, merged, answered, edited, revoked, sent, delivered, read or failed */
    public record Step(String name, Instant at, @Nullable String detail) {}
}
