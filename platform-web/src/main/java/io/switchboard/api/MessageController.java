package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.MessageFilter;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages of all conversations in one list. */
@RestController
@RequestMapping("/api/v1/messages")
@Requires(Permission.READ_CONVERSATIONS)
class MessageController {

    private final ConversationService conversations;

    MessageController(ConversationService conversations) {
        this.conversations = conversations;
    }

    /**
     * Newest first. Filters that are left out do not matter.
     *
     * @param status inbound RECEIVED, ANSWERED, STORED, STALE, FLOOD, OPTED_OUT or REVOKED; outbound PENDING, HELD, SENDING, SENT, DELIVERED,
     *     READ, FAILED or UNKNOWN
     * @param from first day, in UTC
     * @param to last day, in UTC
     */
    @GetMapping
    Slice<ListedMessage> list(
            Caller caller,
            @RequestParam(required = false) @Nullable UUID channel,
            @RequestParam(required = false) @Nullable UUID conversation,
            @RequestParam(required = false) @Nullable Direction direction,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            PageRequest page) {
        if (status != null && !MessageFilter.STATUSES.contains(status)) {
            throw ApiProblem.invalid("status", "must be one of " + new TreeSet<>(MessageFilter.STATUSES));
        }
        MessageFilter filter = new MessageFilter(
                channel == null ? null : new ChannelId(channel),
                conversation == null ? null : new ConversationId(conversation),
                direction,
                status,
                start("from", from, 0),
                start("to", to, 1));
        return conversations.messages(caller.tenantId(), filter, page).map(ListedMessage::of);
    }

    private static @Nullable Instant start(String field, @Nullable LocalDate day, int daysLater) {
        if (day == null) {
            return null;
        }
        if (day.isBefore(DayRange.FIRST) || day.isAfter(DayRange.LAST)) {
            throw ApiProblem.invalid(field, "must be from " + DayRange.FIRST + " to " + DayRange.LAST);
        }
        return day.plusDays(daysLater).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
