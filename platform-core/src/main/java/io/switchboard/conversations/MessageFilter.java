package io.switchboard.conversations;

import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are wanted; what is null does not matter.
 *
 * @param status one of {@link #STATUSES}
 * @param from received, or written by us, at this moment or later
 * @param before and earlier than this
 */
public record MessageFilter(
        @Nullable ChannelId channel,
        @Nullable ConversationId conversation,
        @Nullable Direction direction,
        @Nullable String status,
        @Nullable Instant from,
        @Nullable Instant before) {

    /** Everything that {@link ThreadMessage#status} can be. */
    public static final Set<String> STATUSES = Stream.concat(
                    Stream.of("RECEIVED", "ANSWERED", "STORED", "STALE", "FLOOD", "OPTED_OUT", "REVOKED"),
                    Arrays.stream(ReplyStatus.values()).map(Enum::name))
            .collect(Collectors.toUnmodifiableSet());

    public MessageFilter {
        if (status != null && !STATUSES.contains(status)) {
            throw new IllegalArgumentException("no message has the status " + status);
        }
    }

    public static MessageFilter of(ConversationId conversation) {
        return new MessageFilter(null, conversation, null, null, null, null);
    }
}
