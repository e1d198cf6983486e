package io.switchboard.bots;

import static java.util.Objects.requireNonNull;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.ShortMemory;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/** Bots of a tenant. Creating a bot publishes its first version; later changes go to the draft until published. */
@Service
public class BotService {

    public static final int MAX_NAME_LENGTH = 120;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final TenantTransactions transactions;
    private final BotRepository bots;
    private final BotVersionRepository versions;
    private final KnowledgeService knowledge;
    private final AuditService audit;
    private final Clock clock;
    private final ShortMemory<BotId, PublishedBot> recent = new ShortMemory<>();

    BotService(
            TenantTransactions transactions,
            BotRepository bots,
            BotVersionRepository versions,
            KnowledgeService knowledge,
            AuditService audit,
            Clock clock) {
        this.transactions = transactions;
        this.bots = bots;
        this.versions = versions;
        this.knowledge = knowledge;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param name 1 to {@value #MAX_NAME_LENGTH} characters */
    @Requires(Permission.EDIT_BOTS)
    public BotCreation create(TenantId tenant, String name, BotDefinition definition) {
        String checked = checkName(name);
        return transactions.call(
                tenant,
                () -> unknownKnowledgeBase(tenant, definition)
                        .<BotCreation>map(BotCreation.UnknownKnowledgeBase::new)
                        .orElseGet(() -> new BotCreation.Saved(add(tenant, checked, definition))));
    }

    /** @param name 1 to {@value #MAX_NAME_LENGTH} characters; it is not part of a version and changes at once */
    @Requires(Permission.EDIT_BOTS)
    public BotCreation changeDraft(TenantId tenant, BotId bot, String name, BotDefinition draft) {
        String checked = checkName(name);
        BotCreation changed = transactions.call(tenant, () -> {
            Optional<BotRow> row = bots.findForChange(bot.value());
            if (row.isEmpty()) {
                return new BotCreation.UnknownBot();
            }
            Optional<KnowledgeBaseId> unknown = unknownKnowledgeBase(tenant, draft);
            if (unknown.isPresent()) {
                return new BotCreation.UnknownKnowledgeBase(unknown.get());
            }
            row.get().change(checked, draft);
            audit.record(tenant, "changed", "bot", bot.value(), checked);
            return new BotCreation.Saved(withLive(row.get()));
        });
        recent.forget(tenant, bot);
        return changed;
    }

    /** Makes the draft live; empty if there is no such bot. */
    @Requires(Permission.EDIT_BOTS)
    public Optional<Bot> publish(TenantId tenant, BotId bot) {
        Optional<Bot> published = transactions.call(
                tenant,
                () -> bots.findForChange(bot.value()).map(row -> {
                    BotVersionRow version = versions.save(row.publish(now()));
                    audit.record(tenant, "published", "bot", bot.value(), null);
                    return row.toBot(version.toDefinition());
                }));
        recent.forget(tenant, bot);
        return published;
    }

    @Requires(Permission.READ_BOTS)
    public Optional<Bot> find(TenantId tenant, BotId bot) {
        return transactions.call(tenant, () -> bots.findById(bot.value()).map(this::withLive));
    }

    /** What customers get of a bot, remembered for a moment: for what asks with every message. */
    @Internal
    public Optional<PublishedBot> findLive(TenantId tenant, BotId bot) {
        return recent.get(tenant, bot, () -> find(tenant, bot).map(Bot::live));
    }

    /** In which a live bot speaks: that of the first of its knowledge bases, ISO 639-1; empty for a bot that has none. */
    @Internal
    public Optional<String> language(TenantId tenant, BotId bot) {
        return findLive(tenant, bot).stream()
                .flatMap(live -> live.definition().knowledgeBases().stream())
                .flatMap(base -> knowledge.findKnowledgeBase(tenant, base).stream())
                .map(KnowledgeBase::language)
                .findFirst();
    }

    /** Bots, oldest first. */
    @Requires(Permission.READ_BOTS)
    public Slice<Bot> list(TenantId tenant, PageRequest page) {
        UUID after = page.after() == null ? BEFORE_ALL : UUID.fromString(page.after());
        return transactions.call(tenant, () -> {
            List<BotRow> rows = bots.findByIdGreaterThanOrderById(after, Limit.of(page.limit() + 1));
            Slice<BotRow> slice =
                    Slice.cut(rows, page.limit(), row -> row.getId().toString());
            Map<UUID, BotDefinition> live = live(slice.items());
            return slice.map(row -> withLive(row, live));
        });
    }

    private Bot add(TenantId tenant, String name, BotDefinition definition) {
        Instant now = now();
        BotRow bot = bots.save(new BotRow(BotId.next(), name, definition, now));
        versions.save(bot.version(now));
        audit.record(tenant, "created", "bot", bot.getId(), name);
        return bot.toBot(definition);
    }

    private Optional<KnowledgeBaseId> unknownKnowledgeBase(TenantId tenant, BotDefinition definition) {
        return definition.knowledgeBases().stream()
                .filter(id -> knowledge.findKnowledgeBase(tenant, id).isEmpty())
                .findFirst();
    }

    private Bot withLive(BotRow row) {
        return withLive(row, live(List.of(row)));
    }

    private static Bot withLive(BotRow row, Map<UUID, BotDefinition> live) {
        return row.toBot(requireNonNull(live.get(row.getId()), "every bot has a live version"));
    }

    private Map<UUID, BotDefinition> live(List<BotRow> rows) {
        return versions.findLive(rows.stream().map(BotRow::getId).toList()).stream()
                .collect(Collectors.toMap(BotVersionRow::botId, BotVersionRow::toDefinition));
    }

    /** As PostgreSQL keeps it, so that a bot reads the same after it was stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String checkName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("name of a bot has 1 to " + MAX_NAME_LENGTH + " characters");
        }
        return stripped;
    }
}
