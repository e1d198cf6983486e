package io.switchboard.ui.dashboard;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.MessageCounts;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.ui.parts.Pages;
import io.switchboard.usage.DailyUsage;
import io.switchboard.usage.QuotaState;
import io.switchboard.usage.UsageService;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Gathers what the dashboard shows. */
@Component
class Figures {

    static final int DAYS = 14;

    private static final int RECENT = 5;
    private static final int LISTED = 1000;

    private final UsageService usage;
    private final KnowledgeService knowledge;
    private final ConversationService conversations;
    private final ChannelService channels;
    private final Clock clock;

    Figures(
            UsageService usage,
            KnowledgeService knowledge,
            ConversationService conversations,
            ChannelService channels,
            Clock clock) {
        this.usage = usage;
        this.knowledge = knowledge;
        this.conversations = conversations;
        this.channels = channels;
        this.clock = clock;
    }

    /** @param zone decides when the visitor's day begins; the ledger's days are in UTC */
    Snapshot of(TenantId tenant, ZoneId zone) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        List<KnowledgeBase> bases = Pages.first(LISTED, page -> knowledge.knowledgeBases(tenant, page));
        long documents = bases.stream().mapToLong(KnowledgeBase::documents).sum();
        MessageCounts ever = conversations.counts(tenant, Instant.EPOCH);
        QuotaState quota = usage.quota(tenant);
        boolean connected = Pages.first(LISTED, page -> channels.list(tenant, page)).stream()
                .anyMatch(channel -> channel.provider() != ChannelProvider.SIMULATOR);
        return new Snapshot(
                quota,
                conversations.counts(tenant, midnight),
                ever,
                documents,
                bases.size(),
                daily(tenant, today),
                today,
                new Steps(documents > 0, ever.received() > 0 || quota.used() > 0, connected));
    }

    /** The conversations that were last written in, newest first; for those who may read them. */
    List<ConversationSummary> recent(TenantId tenant) {
        return conversations.list(tenant, PageRequest.first(RECENT)).items();
    }

    private Map<LocalDate, Long> daily(TenantId tenant, LocalDate today) {
        return usage.daily(tenant, today.minusDays(DAYS - 1L), today).stream()
                .collect(Collectors.groupingBy(DailyUsage::day, Collectors.summingLong(DailyUsage::answers)));
    }

    /** What the dashboard shows, read at one moment. */
    record Snapshot(
            QuotaState quota,
            MessageCounts today,
            MessageCounts ever,
            long documents,
            long knowledgeBases,
            Map<LocalDate, Long> daily,
            LocalDate day,
            Steps steps) {}

    /** What a new tenant has done already. */
    record Steps(boolean uploaded, boolean asked, boolean connected) {

        boolean done() {
            return uploaded && asked && connected;
        }
    }
}
