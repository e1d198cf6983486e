package io.switchboard.channels;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The message templates of channels: fetched from their providers on request, and once a day by themselves. */
@Service
public class TemplateService {

    /** How often they are fetched by themselves. */
    static final Duration EVERY = Duration.ofDays(1);

    private final ChannelService channels;
    private final ObjectProvider<ChannelTemplates> providers;
    private final TemplateStore store;
    private final ChannelRhythm rhythm;
    private final TenantTransactions transactions;
    private final AuditService audit;
    private final Clock clock;

    TemplateService(
            ChannelService channels,
            ObjectProvider<ChannelTemplates> providers,
            TemplateStore store,
            TenantTransactions transactions,
            AuditService audit,
            Clock clock) {
        this.channels = channels;
        this.providers = providers;
        this.store = store;
        this.rhythm = store.rhythm(EVERY);
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** By name and language; the cursor is both of them. */
    @Requires(Permission.READ_CHANNELS)
    public Slice<MessageTemplate> list(TenantId tenant, ChannelId channel, PageRequest page) {
        return transactions.call(
                tenant, () -> Slice.cut(store.list(tenant, channel, page), page.limit(), TemplateStore::cursor));
    }

    @Requires(Permission.READ_CHANNELS)
    public Optional<MessageTemplate> find(TenantId tenant, ChannelId channel, String name, String language) {
        return transactions.call(tenant, () -> store.find(tenant, channel, name, language));
    }

    /** Of a channel that is not there: that it has none. */
    @Requires(Permission.READ_CHANNELS)
    public TemplateState state(TenantId tenant, ChannelId id) {
        boolean offered = channels.find(tenant, id)
                .flatMap(channel -> ChannelPort.of(channel.provider(), providers))
                .isPresent();
        return transactions
                .call(tenant, () -> store.last(tenant, id))
                .map(last -> new TemplateState(offered, last.syncedAt(), last.problem()))
                .orElseGet(() -> new TemplateState(offered, null, null));
    }

    /** Fetches them now, which takes seconds. */
    @Requires(Permission.EDIT_CHANNELS)
    public TemplateSync sync(TenantId tenant, ChannelId id, Actor person) {
        Optional<Channel> channel = channels.find(tenant, id);
        if (channel.isEmpty()) {
            return new TemplateSync.UnknownChannel();
        }
        return ChannelPort.of(channel.get().provider(), providers)
                .map(provider -> fetched(tenant, channel.get(), provider, person))
                .orElseGet(
                        () -> new TemplateSync.Refused(
                                "Messages of this channel have no templates.",
                                "Write to its customers within the time that the provider allows, or use a number at Meta or Twilio."));
    }

    /** The tenant's channels whose time has come. */
    @Internal
    public List<ChannelId> due(TenantId tenant) {
        List<ChannelProvider> known =
                providers.stream().map(ChannelTemplates::provider).toList();
        return transactions.call(tenant, () -> rhythm.due(tenant, known, clock.instant()));
    }

    /** Fetches those of a channel, which takes seconds, unless its time has not come or another process does it. */
    @Internal
    public void syncIfDue(TenantId tenant, ChannelId id) {
        if (transactions.call(tenant, () -> rhythm.claim(tenant, id, clock.instant()))) {
            channels.find(tenant, id)
                    .ifPresent(channel -> ChannelPort.of(channel.provider(), providers)
                            .ifPresent(provider -> fetched(tenant, channel, provider, null)));
        }
    }

    /** @param person who asked for it, which is written down; null if nobody did */
    private TemplateSync fetched(TenantId tenant, Channel channel, ChannelTemplates provider, @Nullable Actor person) {
        TemplateListing listing = provider.list(tenant, channel);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.call(tenant, () -> {
            if (!store.hold(tenant, channel.id())) {
                return new TemplateSync.UnknownChannel();
            }
            TemplateSync outcome = stored(tenant, channel.id(), listing, now);
            if (person != null) {
                audit.record(
                        tenant,
                        person,
                        "synced templates",
                        "channel",
                        channel.id().value(),
                        summary(outcome));
            }
            return outcome;
        });
    }

    private TemplateSync stored(TenantId tenant, ChannelId channel, TemplateListing listing, Instant now) {
        return switch (listing) {
            case TemplateListing.Listed(var templates) -> {
                store.replace(tenant, channel, templates, now);
                yield new TemplateSync.Synced(templates.size(), now);
            }
            case TemplateListing.Unavailable(var sentence, var remedy) -> {
                store.failed(tenant, channel, sentence + " " + remedy, now);
                yield new TemplateSync.Refused(sentence, remedy);
            }
        };
    }

    private static String summary(TemplateSync outcome) {
        return switch (outcome) {
            case TemplateSync.Synced(var templates, var _) -> templates + " templates";
            case TemplateSync.Refused(var sentence, var _) -> sentence;
            case TemplateSync.UnknownChannel() -> "unknown";
        };
    }
}
