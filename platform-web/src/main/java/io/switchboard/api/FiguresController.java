package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.MessageCounts;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.usage.DailyUsage;
import io.switchboard.usage.QuotaState;
import io.switchboard.usage.UsageService;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant used and what its customers wrote. Days are in UTC, both ends included. */
@RestController
@RequestMapping("/api/v1")
@Requires(Permission.READ_USAGE)
class FiguresController {

    private final UsageService usage;
    private final ConversationService conversations;
    private final Clock clock;

    FiguresController(UsageService usage, ConversationService conversations, Clock clock) {
        this.usage = usage;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** @param limit answers the plan allows in the current month; null without limit */
    record UsageResponse(
            String plan,
            @Nullable Long limit,
            long used,
            long reserved,
            boolean spent,
            Instant resetsAt,
            LocalDate from,
            LocalDate to,
            List<Day> days) {}

    /** @param channelId null for the API and the playground */
    record Day(
            LocalDate day, @Nullable UUID channelId, long answers, long answered, long inputTokens, long outputTokens) {

        static Day of(DailyUsage usage) {
            return new Day(
                    usage.day(),
                    usage.channel() == null ? null : usage.channel().value(),
                    usage.answers(),
                    usage.answered(),
                    usage.inputTokens(),
                    usage.outputTokens());
        }
    }

    /** @param waiting messages that have no reply at this moment, whenever they came */
    record StatsResponse(
            LocalDate from, LocalDate to, long received, long replied, long failed, long conversations, long waiting) {}

    @GetMapping("/usage")
    UsageResponse usage(
            Caller caller,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        DayRange days = DayRange.of(from, to, clock);
        QuotaState quota = usage.quota(caller.tenantId());
        return new UsageResponse(
                quota.plan(),
                quota.limit(),
                quota.used(),
                quota.reserved(),
                quota.spent(),
                quota.resetsAt(),
                days.from(),
                days.to(),
                usage.daily(caller.tenantId(), days.from(), days.to()).stream()
                        .map(Day::of)
                        .toList());
    }

    @GetMapping("/stats")
    StatsResponse stats(
            Caller caller,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        DayRange days = DayRange.of(from, to, clock);
        MessageCounts since = conversations.counts(caller.tenantId(), start(days.from()));
        MessageCounts after =
                conversations.counts(caller.tenantId(), start(days.to().plusDays(1)));
        return new StatsResponse(
                days.from(),
                days.to(),
                since.received() - after.received(),
                since.replied() - after.replied(),
                since.failed() - after.failed(),
                since.conversations() - after.conversations(),
                since.waiting());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
