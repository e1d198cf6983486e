package io.switchboard.doctor;

import io.switchboard.audit.AuditService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelChanged;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelRhythm;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Examines channels: on request, and each by itself every few hours, so that a tenant hears of a fault before its customers do. */
@Service
public class NumberDoctor {

    /** How often each channel is examined by itself. */
    static final Duration EVERY = Duration.ofHours(6);

    private static final Duration SILENCE = Duration.ofDays(7);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final ChannelService channels;
    private final ObjectProvider<ChannelExaminer> examiners;
    private final ExaminationStore store;
    private final ChannelRhythm rhythm;
    private final TenantTransactions transactions;
    private final AuditService audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    NumberDoctor(
            ChannelService channels,
            ObjectProvider<ChannelExaminer> examiners,
            ExaminationStore store,
            TenantTransactions transactions,
            AuditService audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.channels = channels;
        this.examiners = examiners;
        this.store = store;
        this.rhythm = store.rhythm(EVERY);
        this.transactions = transactions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Examines a channel now, which takes seconds; empty if there is none with that id. */
    @Requires(Permission.EDIT_CHANNELS)
    public Optional<Examination> examine(TenantId tenant, ChannelId id) {
        return channels.find(tenant, id).map(channel -> examined(tenant, channel, true));
    }

    /** The last examination; empty before the first. */
    @Requires(Permission.READ_CHANNELS)
    public Optional<Examination> last(TenantId tenant, ChannelId id) {
        return transactions.call(tenant, () -> store.last(tenant, id));
    }

    /** Channels that answer nobody, as their last examination found. */
    @Requires(Permission.READ_CHANNELS)
    public Set<ChannelId> failing(TenantId tenant) {
        return new HashSet<>(transactions.call(tenant, () -> store.failing(tenant)));
    }

    /** The tenant's channels whose time has come. */
    @Internal
    public List<ChannelId> due(TenantId tenant) {
        return transactions.call(
                tenant, () -> rhythm.due(tenant, EnumSet.allOf(ChannelProvider.class), clock.instant()));
    }

    /** Examines a channel, which takes seconds, unless its time has not come or another process does it. */
    @Internal
    public void examineIfDue(TenantId tenant, ChannelId id) {
        if (transactions.call(tenant, () -> rhythm.claim(tenant, id, clock.instant()))) {
            channels.find(tenant, id).ifPresent(channel -> examined(tenant, channel, false));
        }
    }

    /** @param asked by a person; what happens by itself is written down when it changes something */
    private Examination examined(TenantId tenant, Channel channel, boolean asked) {
        List<Finding> findings = new ArrayList<>();
        ChannelPort.of(channel.provider(), examiners)
                .ifPresent(examiner -> findings.addAll(examiner.examine(tenant, channel)));
        Examination examination = transactions.call(tenant, () -> {
            if (channel.provider() != ChannelProvider.SIMULATOR) {
                findings.add(lastMessage(tenant, channel));
            }
            Examination now = new Examination(clock.instant().truncatedTo(ChronoUnit.MICROS), findings);
            Finding.State before =
                    store.last(tenant, channel.id()).map(Examination::state).orElse(Finding.State.OK);
            store.save(tenant, channel.id(), now);
            if (asked || (before == Finding.State.FAILED) != (now.state() == Finding.State.FAILED)) {
                audit.record(tenant, "examined", "channel", channel.id().value(), summary(now));
            }
            return now;
        });
        events.publishEvent(new ChannelChanged(tenant, channel.id()));
        return examination;
    }

    private static String summary(Examination examination) {
        return examination.findings().stream()
                .filter(finding -> finding.state() == Finding.State.FAILED)
                .map(Finding::sentence)
                .reduce((first, second) -> first + " " + second)
                .orElse("works");
    }

    private Finding lastMessage(TenantId tenant, Channel channel) {
        Instant now = clock.instant();
        Optional<Instant> last = store.lastMessage(tenant, channel.id());
        if (last.isEmpty()) {
            return Finding.unknown(
                    Finding.Step.LAST_MESSAGE,
                    "No message has arrived through this channel yet.",
                    "Write a message to the number from your own phone and look whether it appears under Conversations.");
        }
        String sentence = "The last message arrived on " + DAY.format(last.get()) + ".";
        return last.get().isAfter(now.minus(SILENCE))
                ? Finding.ok(Finding.Step.LAST_MESSAGE, sentence)
                : Finding.warning(
                        Finding.Step.LAST_MESSAGE,
                        sentence,
                        "If your customers have written since, their messages do not reach us. Write one yourself to find out.");
    }
}
