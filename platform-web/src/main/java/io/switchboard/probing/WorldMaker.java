package io.switchboard.probing;

import io.switchboard.access.AccessService;
import io.switchboard.access.ApiKey;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Inviting;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetOffer;
import io.switchboard.access.TenantFounding;
import io.switchboard.access.TenantFounding.Founded;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.audit.Actor;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.NewChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.DeliveryPolicy;
import io.switchboard.conversations.DeliveryPolicyService;
import io.switchboard.isolation.TenantTables;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Role;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.privacy.RetentionPolicy;
import io.switchboard.security.AccessTokens;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes a tenant that has one of everything, every text marked with its canary. Its customers write to a simulator without knowledge, so
 * that making it costs no call of a model.
 */
@Component
public class WorldMaker {

    /** Whatever else an operator has made of the plans, this one is there. */
    private static final String PLAN = "unlimited";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TenancyService tenancy;
    private final AccessService access;
    private final AccessTokens tokens;
    private final ApiKeyService keys;
    private final InvitationService invitations;
    private final PasswordResetService resets;
    private final TwoFactorService twoFactor;
    private final KnowledgeService knowledge;
    private final BotService bots;
    private final ChannelService channels;
    private final SimulatorService simulator;
    private final ConversationService conversations;
    private final DeliveryPolicyService policies;
    private final PrivacyService privacy;
    private final TenantTables tables;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    WorldMaker(
            TenancyService tenancy,
            AccessService access,
            AccessTokens tokens,
            ApiKeyService keys,
            InvitationService invitations,
            PasswordResetService resets,
            TwoFactorService twoFactor,
            KnowledgeService knowledge,
            BotService bots,
            ChannelService channels,
            SimulatorService simulator,
            ConversationService conversations,
            DeliveryPolicyService policies,
            PrivacyService privacy,
            TenantTables tables,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.access = access;
        this.tokens = tokens;
        this.keys = keys;
        this.invitations = invitations;
        this.resets = resets;
        this.twoFactor = twoFactor;
        this.knowledge = knowledge;
        this.bots = bots;
        this.channels = channels;
        this.simulator = simulator;
        this.conversations = conversations;
        this.policies = policies;
        this.privacy = privacy;
        this.tables = tables;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** @param letter tells the two worlds of a check apart, and orders what is sorted by name */
    public World make(char letter) {
        String canary = "canary" + random();
        String word = "zephyr" + random();
        String text = word + " " + canary;
        String password = random() + random();
        Map<String, String> values = new HashMap<>();
        Founded founded = found(letter, "Isolation check " + text, password);
        Tenant tenant = founded.tenant();
        User owner = founded.owner();
        values.put("tenant", tenant.id().toString());
        values.put("slug", tenant.slug().value());
        values.put("user", owner.id().toString());
        values.put("email", owner.email().value());
        values.put("password", password);
        values.put("text", text);
        values.put("word", word);
        values.put("token", token(owner));
        values.put("refresh-token", access.openSession(owner).refreshToken());
        values.put("session", "session " + canary);
        values.put("plan", "plan-" + random());
        Caller ownerThere = new Caller(new Identity.Person(owner), tenant, Role.OWNER);
        makeKey(ownerThere, text, "api-key", values);
        makeKey(ownerThere, text, "spare-api-key", values);
        people(ownerThere, text, password, values);
        teach(tenant.id(), text, values);
        connect(tenant.id(), text, values);
        converse(tenant.id(), text, values);
        policies.save(tenant.id(), new DeliveryPolicy(Duration.ofMinutes(61), false));
        forget(tenant.id(), text, owner.actor(), values);
        settle(tenant.id());
        return new World(tenant, owner, canary, values);
    }

    /** An access token of somebody who belongs to no active tenant: the owner of one that is closed. */
    String strangersToken() {
        Founded closed = found('c', "Isolation check, closed " + random(), random() + random());
        String token = token(closed.owner());
        tenancy.changeStatus(closed.tenant().id(), TenantStatus.ARCHIVED);
        return token;
    }

    /**
     * Takes a world away: its people cannot sign in any more, its rows, files and vectors are deleted. The name of the tenant stays, with
     * the entries of its audit, which nobody can delete.
     */
    void remove(World world) {
        TenantId tenant = world.id();
        access.members(tenant, PageRequest.first(PageRequest.MAX_LIMIT))
                .items()
                .forEach(member -> access.changeSuspension(member.id(), true));
        settle(tenant);
        knowledge
                .knowledgeBases(tenant, PageRequest.first(PageRequest.MAX_LIMIT))
                .items()
                .forEach(base -> knowledge
                        .documents(tenant, base.id(), PageRequest.first(PageRequest.MAX_LIMIT))
                        .items()
                        .forEach(document -> knowledge.deleteDocument(tenant, document.id())));
        tenancy.changeStatus(tenant, TenantStatus.ARCHIVED);
        tables.clear(tenant);
    }

    private Founded found(char letter, String name, String password) {
        EmailAddress email = new EmailAddress(letter + "-" + random() + "@example.org");
        Slug slug = new Slug(letter + "-" + random());
        TenantFounding founding = access.foundTenant(new NewTenant(name, slug, PLAN), email, name, password);
        if (founding instanceof TenantFounding.Founded founded) {
            return founded;
        }
        throw new IllegalStateException("no tenant for the isolation check: " + founding);
    }

    /** An access token of somebody, as if they had just signed in. */
    public String token(User user) {
        return tokens.issue(access.openSession(user)).value();
    }

    private void people(Caller owner, String text, String password, Map<String, String> values) {
        TenantId tenant = owner.tenantId();
        for (String kind : List.of("member", "spare-member")) {
            EmailAddress email = new EmailAddress(random() + "@example.org");
            if (!(access.addMember(tenant, email, text, password, Role.ANALYST)
                    instanceof MemberAddition.Added(User user))) {
                throw new IllegalStateException("no member for the isolation check");
            }
            values.put(kind, user.id().toString());
            if (resets.offer(tenant, owner, user.id()) instanceof ResetOffer.Offered(LinkDelivery link)) {
                values.put("reset-token", String.valueOf(link.handOver()).replaceFirst(".*/", ""));
            }
        }
        for (String kind : List.of("invitation", "spare-invitation", "join")) {
            EmailAddress email = new EmailAddress(random() + "@example.org");
            if (!(invitations.invite(tenant, owner, email, Role.ANALYST)
                    instanceof Inviting.Invited(Invitation invitation, LinkDelivery link))) {
                throw new IllegalStateException("no invitation for the isolation check");
            }
            values.put(kind, invitation.id().toString());
            values.put(kind + "-token", String.valueOf(link.handOver()).replaceFirst(".*/", ""));
        }
        twoFactor.require(tenant, owner, false);
    }

    private void makeKey(Caller owner, String text, String kind, Map<String, String> values) {
        if (!(keys.create(owner.tenantId(), owner, text, Role.ADMIN, null)
                instanceof ApiKeyCreation.Created(ApiKey key, String secret))) {
            throw new IllegalStateException("no API key for the isolation check");
        }
        values.put(kind, key.id().value().toString());
        values.put(kind + "-text", secret);
    }

    private void teach(TenantId tenant, String text, Map<String, String> values) {
        KnowledgeBaseId base = knowledge.createKnowledgeBase(tenant, text, "en").id();
        values.put("knowledge-base", base.toString());
        values.put("document", document(tenant, base, "What is " + text + "?").toString());
        values.put(
                "spare-document",
                document(tenant, base, "Where is " + text + "?").toString());
        values.put("bot", bot(tenant, text, List.of(base)).id().toString());
    }

    private DocumentId document(TenantId tenant, KnowledgeBaseId base, String question) {
        return switch (knowledge.addFaq(tenant, base, question, "It is " + question)) {
            case DocumentAddition.Added(var document) -> document.id();
            case DocumentAddition refused -> throw new IllegalStateException("no document: " + refused);
        };
    }

    private Bot bot(TenantId tenant, String text, List<KnowledgeBaseId> bases) {
        BotDefinition definition = new BotDefinition(text, "Refused: " + text, "Spent: " + text, bases, Duration.ZERO);
        return switch (bots.create(tenant, text, definition)) {
            case BotCreation.Saved(var bot) -> bot;
            case BotCreation refused -> throw new IllegalStateException("no bot: " + refused);
        };
    }

    private void connect(TenantId tenant, String text, Map<String, String> values) {
        Bot silent = bot(tenant, text, List.of());
        values.put("access-token", "token-" + values.get("word"));
        values.put("app-secret", "secret-" + values.get("word"));
        Channel channel = number(tenant, silent, text, "phone-number", values);
        values.put("channel", channel.id().toString());
        values.put("channel-key", channel.key());
        values.put("verify-token", channel.verifyToken());
        values.put(
                "spare-channel",
                number(tenant, silent, text, "other-number", values).id().toString());
        values.put("spare-number", digits());
        values.put("simulator", simulator.channelFor(tenant, silent.id()).id().toString());
    }

    private Channel number(TenantId tenant, Bot bot, String text, String kind, Map<String, String> values) {
        values.put(kind, digits());
        NewChannel wanted = new NewChannel(
                ChannelProvider.META,
                text,
                bot.id(),
                Map.of("phoneNumberId", values.get(kind)),
                Map.of("accessToken", values.get("access-token"), "appSecret", values.get("app-secret")));
        return switch (channels.create(tenant, wanted)) {
            case ChannelCreation.Created(var channel) -> channel;
            case ChannelCreation refused -> throw new IllegalStateException("no channel: " + refused);
        };
    }

    private void converse(TenantId tenant, String text, Map<String, String> values) {
        values.put(
                "conversation",
                conversation(tenant, "visitor " + text, text, values).toString());
        values.put("dead-letter", deadLetter(tenant, "first " + text, text, values));
        values.put("spare-dead-letter", deadLetter(tenant, "second " + text, text, values));
    }

    private ConversationId conversation(TenantId tenant, String visitor, String text, Map<String, String> values) {
        Channel channel = channels.find(tenant, new ChannelId(UUID.fromString(values.get("simulator"))))
                .orElseThrow();
        simulator.write(tenant, channel.id(), visitor, text);
        ConversationId id =
                conversations.findByUser(tenant, channel.id(), visitor).orElseThrow();
        await("an answer to " + id, () -> sent(tenant, id));
        return id;
    }

    /** Leaves the receipt of somebody who was erased. */
    private void forget(TenantId tenant, String text, Actor owner, Map<String, String> values) {
        privacy.saveRetention(tenant, new RetentionPolicy(90, 30), owner);
        privacy.erasePerson(tenant, conversation(tenant, "forgotten " + text, text, values), owner);
    }

    private boolean sent(TenantId tenant, ConversationId conversation) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select exists (select 1 from reply where tenant_id = ? and conversation_id = ?
                                          and status in ('SENT', 'DELIVERED', 'READ'))
                        """)
                        .params(tenant.value(), conversation.value())
                        .query(Boolean.class)
                        .single());
    }

    /** No provider refuses a simulator's replies, so one is marked as refused. */
    private String deadLetter(TenantId tenant, String visitor, String text, Map<String, String> values) {
        ConversationId conversation = conversation(tenant, visitor, text, values);
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        update reply set status = 'FAILED', error_code = '131047', error_detail = :detail
                         where tenant_id = :tenant and conversation_id = :conversation
                        returning id::text
                        """)
                        .param("detail", text)
                        .param("tenant", tenant.value())
                        .param("conversation", conversation.value())
                        .query(String.class)
                        .single());
    }

    /** Waits until nothing is under way for a tenant any more: its documents are read, and its rows stay as they are. */
    public void settle(TenantId tenant) {
        await(
                "the documents of " + tenant,
                () -> transactions.call(
                                tenant,
                                () -> jdbc.sql(
                                                "select count(*) from document where tenant_id = ? and status not in (?, ?)")
                                        .params(
                                                tenant.value(),
                                                DocumentStatus.READY.name(),
                                                DocumentStatus.FAILED.name())
                                        .query(Long.class)
                                        .single())
                        == 0);
        Map<?, ?>[] before = {Map.of()};
        await("the rows of " + tenant, () -> {
            Map<String, String> now = tables.digests(tenant);
            boolean same = now.equals(before[0]);
            before[0] = now;
            return same;
        });
    }

    private static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }

    private static String random() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String digits() {
        return Long.toString(RANDOM.nextLong(1_000_000_000_000L, 9_000_000_000_000_000L));
    }
}
