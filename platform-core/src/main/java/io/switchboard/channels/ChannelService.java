package io.switchboard.channels;

import io.switchboard.audit.AuditService;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.ShortMemory;
import io.switchboard.tenancy.TenantTransactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Channels of a tenant. */
@Service
public class ChannelService {

    public static final int MAX_NAME_LENGTH = 120;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 16;
    private static final int VERIFY_TOKEN_BYTES = 24;

    private final TenantTransactions transactions;
    private final ChannelStore store;
    private final ChannelRoutes routes;
    private final ChannelCredentials credentials;
    private final BotService bots;
    private final ApplicationEventPublisher events;
    private final AuditService audit;
    private final Clock clock;
    private final ShortMemory<ChannelId, Channel> recent = new ShortMemory<>();
    private final ShortMemory<Secret, String> recentSecrets = new ShortMemory<>();

    ChannelService(
            TenantTransactions transactions,
            ChannelStore store,
            ChannelRoutes routes,
            ChannelCredentials credentials,
            BotService bots,
            ApplicationEventPublisher events,
            AuditService audit,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.routes = routes;
        this.credentials = credentials;
        this.bots = bots;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** A number that any channel of the installation holds already is invalid; whose it is, is not told. */
    @Requires(Permission.EDIT_CHANNELS)
    public ChannelCreation create(TenantId tenant, NewChannel channel) {
        ProviderRules rules = ProviderRules.of(channel.provider());
        Optional<ChannelCreation.Invalid> invalid = checkName(channel.name()).or(() -> rules.check(channel));
        if (invalid.isPresent()) {
            return invalid.get();
        }
        try {
            return transactions.call(
                    tenant,
                    () -> checkBot(tenant, channel.bot())
                            .<ChannelCreation>map(problem -> problem)
                            .orElseGet(() -> add(tenant, channel, rules)));
        } catch (DuplicateKeyException _) {
            return new ChannelCreation.Invalid(rules.claimField(), rules.claimTaken());
        }
    }

    /** Changes a channel; new credentials also resume one that is stopped. Empty if there is no such channel. */
    @Requires(Permission.EDIT_CHANNELS)
    public Optional<ChannelCreation> change(TenantId tenant, ChannelId id, ChannelChange change) {
        Optional<ChannelCreation> changed =
                transactions.call(tenant, () -> store.find(tenant, id).map(channel -> change(tenant, channel, change)));
        announce(tenant, id);
        change.credentials().keySet().forEach(name -> recentSecrets.forget(tenant, new Secret(id, name)));
        return changed;
    }

    /** Channels, oldest first. */
    @Requires(Permission.READ_CHANNELS)
    public Slice<Channel> list(TenantId tenant, PageRequest page) {
        return transactions.call(
                tenant,
                () -> Slice.cut(
                        store.list(tenant, page),
                        page.limit(),
                        channel -> channel.id().toString()));
    }

    /** Channels whose provider refuses us until a person acts, oldest first. */
    @Requires(Permission.READ_CHANNELS)
    public List<Channel> stopped(TenantId tenant) {
        return transactions.call(tenant, () -> store.stopped(tenant));
    }

    @Requires(Permission.READ_CHANNELS)
    public Optional<Channel> find(TenantId tenant, ChannelId id) {
        return transactions.call(tenant, () -> store.find(tenant, id));
    }

    /** As {@link #find}, remembered for a moment: for what asks with every message. */
    @Internal
    public Optional<Channel> findRecent(TenantId tenant, ChannelId id) {
        return recent.get(tenant, id, () -> find(tenant, id));
    }

    /** The oldest channel of a provider that leads to a bot. */
    @Internal
    public Optional<Channel> findByBot(TenantId tenant, ChannelProvider provider, BotId bot) {
        return transactions.call(tenant, () -> store.findByBot(tenant, provider, bot));
    }

    /** The channel a webhook address names, of whichever tenant; empty too if the tenant is not active. */
    public Optional<RoutedChannel> route(String key) {
        return routes.find(key).flatMap(this::routed);
    }

    /** The channels that hold these numbers or the like, of whichever tenants; without those of tenants that are not active. */
    public Map<String, RoutedChannel> routeByClaims(ChannelProvider provider, Collection<String> claims) {
        Map<String, RoutedChannel> found = new HashMap<>();
        routes.findByClaims(provider, claims)
                .forEach((claim, route) -> routed(route).ifPresent(channel -> found.put(claim, channel)));
        return found;
    }

    /** A channel with this verify token, of whichever tenant; empty too if the tenant is not active. */
    public Optional<RoutedChannel> routeByVerifyToken(ChannelProvider provider, String token) {
        return routes.findByToken(provider, token).flatMap(this::routed);
    }

    private Optional<RoutedChannel> routed(ChannelRoutes.Route route) {
        return findRecent(route.tenant(), route.channel()).map(channel -> new RoutedChannel(route.tenant(), channel));
    }

    /** Channels of a provider, of all active tenants: for what fetches from the provider by itself. */
    public List<RoutedChannel> routed(ChannelProvider provider) {
        return routes.of(provider).stream()
                .flatMap(route -> routed(route).stream())
                .toList();
    }

    /** A stored secret in clear, for the provider's adapter only; remembered for a moment. Empty too if it cannot be decrypted. */
    @Internal
    public Optional<String> credential(TenantId tenant, ChannelId id, String name) {
        return recentSecrets.get(
                tenant,
                new Secret(id, name),
                () -> transactions.call(tenant, () -> credentials.read(tenant, id, name)));
    }

    /** Marks a channel as stopped; its replies wait until {@link #resume}. */
    @Internal
    public void stop(TenantId tenant, ChannelId id, String reason) {
        transactions.run(tenant, () -> {
            if (store.changeStatus(tenant, id, ChannelStatus.STOPPED, reason)) {
                audit.record(tenant, "stopped", "channel", id.value(), reason);
            }
        });
        announce(tenant, id);
    }

    @Requires(Permission.EDIT_CHANNELS)
    public void resume(TenantId tenant, ChannelId id) {
        transactions.run(tenant, () -> {
            if (store.changeStatus(tenant, id, ChannelStatus.ACTIVE, null)) {
                audit.record(tenant, "resumed", "channel", id.value(), null);
            }
        });
        announce(tenant, id);
    }

    private void announce(TenantId tenant, ChannelId id) {
        recent.forget(tenant, id);
        events.publishEvent(new ChannelChanged(tenant, id));
    }

    /** Removes a channel that nobody has written to, and frees its number. */
    @Requires(Permission.EDIT_CHANNELS)
    public ChannelDeletion delete(TenantId tenant, ChannelId id) {
        try {
            boolean deleted = transactions.call(tenant, () -> {
                boolean found = store.delete(tenant, id);
                if (found) {
                    audit.record(tenant, "deleted", "channel", id.value(), null);
                }
                return found;
            });
            recent.forget(tenant, id);
            return deleted ? new ChannelDeletion.Deleted() : new ChannelDeletion.UnknownChannel();
        } catch (DataIntegrityViolationException _) {
            return new ChannelDeletion.HasConversations();
        }
    }

    private ChannelCreation add(TenantId tenant, NewChannel wanted, ProviderRules rules) {
        Channel channel = new Channel(
                ChannelId.next(),
                wanted.provider(),
                wanted.name(),
                wanted.bot(),
                random(KEY_BYTES),
                random(VERIFY_TOKEN_BYTES),
                wanted.settings(),
                Map.of(),
                ChannelStatus.ACTIVE,
                null,
                clock.instant());
        store.insert(tenant, channel);
        store.insertRoute(tenant, channel, rules.claim().apply(wanted));
        credentials.save(tenant, channel.id(), wanted.credentials());
        audit.record(tenant, "created", "channel", channel.id().value(), wanted.name());
        return new ChannelCreation.Created(store.find(tenant, channel.id()).orElseThrow());
    }

    private ChannelCreation change(TenantId tenant, Channel channel, ChannelChange change) {
        String name = Objects.requireNonNullElse(change.name(), channel.name()).strip();
        BotId bot = Objects.requireNonNullElse(change.bot(), channel.bot());
        ProviderRules rules = ProviderRules.of(channel.provider());
        Optional<ChannelCreation.Invalid> invalid = checkName(name)
                .or(() -> checkBot(tenant, bot))
                .or(() -> checkMove(channel, bot))
                .or(() -> rules.checkChanges(channel.provider(), change.settings()))
                .or(() -> rules.checkCredentials(channel.provider(), change.credentials()));
        if (invalid.isPresent()) {
            return invalid.get();
        }
        Map<String, String> settings = new HashMap<>(channel.settings());
        settings.putAll(change.settings());
        store.change(tenant, channel.id(), name, bot, settings);
        audit.record(tenant, "changed", "channel", channel.id().value(), whatChanged(name, change));
        if (!change.credentials().isEmpty()) {
            credentials.save(tenant, channel.id(), change.credentials());
            store.changeStatus(tenant, channel.id(), ChannelStatus.ACTIVE, null);
        }
        return new ChannelCreation.Created(store.find(tenant, channel.id()).orElseThrow());
    }

    /** Names of credentials, never their values. */
    private static String whatChanged(String name, ChannelChange change) {
        StringBuilder words = new StringBuilder(name);
        new TreeMap<>(change.settings())
                .forEach((setting, value) ->
                        words.append(", ").append(setting).append(" ").append(value));
        if (!change.credentials().isEmpty()) {
            words.append(", new ")
                    .append(String.join(", ", new TreeSet<>(change.credentials().keySet())));
        }
        return words.toString();
    }

    private Optional<ChannelCreation.Invalid> checkBot(TenantId tenant, BotId bot) {
        return bots.find(tenant, bot).isPresent()
                ? Optional.empty()
                : Optional.of(new ChannelCreation.Invalid("botId", "names no bot"));
    }

    /** A simulator is its bot's: one per bot, made on first use. */
    private static Optional<ChannelCreation.Invalid> checkMove(Channel channel, BotId bot) {
        return channel.provider() == ChannelProvider.SIMULATOR && !channel.bot().equals(bot)
                ? Optional.of(new ChannelCreation.Invalid("botId", "cannot change: a simulator stays with its bot"))
                : Optional.empty();
    }

    private static Optional<ChannelCreation.Invalid> checkName(String name) {
        return name.isEmpty() || name.length() > MAX_NAME_LENGTH
                ? Optional.of(new ChannelCreation.Invalid("name", "has 1 to " + MAX_NAME_LENGTH + " characters"))
                : Optional.empty();
    }

    private record Secret(ChannelId channel, String name) {}

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
