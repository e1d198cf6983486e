package io.switchboard.probing;

import io.switchboard.bots.Bot;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.NewChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.FileLinks;
import io.switchboard.conversations.FileReply;
import io.switchboard.conversations.FileReplyService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives a world its numbers, and customers who write to its simulator. */
@Component
class WorldTalks {

    private final ChannelService channels;
    private final SimulatorService simulator;
    private final ConversationService conversations;
    private final FileReplyService files;
    private final FileLinks links;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    WorldTalks(
            ChannelService channels,
            SimulatorService simulator,
            ConversationService conversations,
            FileReplyService files,
            FileLinks links,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        this.channels = channels;
        this.simulator = simulator;
        this.conversations = conversations;
        this.files = files;
        this.links = links;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** @param silent a bot without knowledge */
    void addTo(WorldDraft world, Bot silent) {
        transactions.run(world.id(), () -> addNumbers(world, silent));
        world.put("conversation", conversation(world, "visitor"));
        sentFile(world);
        world.put("dead-letter", deadLetter(world, "first"));
        world.put("spare-dead-letter", deadLetter(world, "second"));
    }

    /**
     * No provider is asked about invented numbers: what it would say is written down in the transaction that makes them, so that the
     * doctor and the daily fetching of templates never see one whose time has come. Until the next time is hours away.
     */
    private void addNumbers(WorldDraft world, Bot silent) {
        world.put("access-token", "token-" + world.get("word"));
        world.put("app-secret", "secret-" + world.get("word"));
        Channel channel = number(world, silent, "phone-number");
        world.put("channel", channel.id());
        world.put("channel-key", channel.key());
        world.put("verify-token", channel.verifyToken());
        world.put("spare-channel", number(world, silent, "other-number").id());
        world.put("spare-number", Fresh.digits());
        Channel twilio = made(
                world,
                new NewChannel(
                        ChannelProvider.TWILIO,
                        world.text(),
                        silent.id(),
                        Map.of("accountSid", sid(world), "from", twilioNumber(world)),
                        Map.of("authToken", world.get("app-secret"))));
        world.put("twilio-key", twilio.key());
        Channel webchat = made(
                world,
                new NewChannel(
                        ChannelProvider.WEBCHAT,
                        world.text(),
                        silent.id(),
                        Map.of("allowedOrigins", "https://www.example.org"),
                        Map.of()));
        world.put("webchat-key", webchat.key());
        world.put("waha-session", "session-" + Fresh.word());
        Channel waha = made(
                world,
                new NewChannel(
                        ChannelProvider.WAHA,
                        world.text(),
                        silent.id(),
                        Map.of("baseUrl", "http://127.0.0.1:9", "session", world.get("waha-session")),
                        Map.of("apiKey", world.get("access-token"), "hmacKey", world.get("app-secret"))));
        world.put("waha-key", waha.key());
        world.put("simulator", simulator.channelFor(world.id(), silent.id()).id());
        examined(world);
        templates(world);
    }

    private void examined(WorldDraft world) {
        jdbc.sql("""
                        insert into channel_examination (tenant_id, channel_id, begun_at, examined_at, state, findings)
                        select tenant_id, id, now(), now(), 'WARNING',
                               jsonb_build_array(jsonb_build_object(
                                   'step', 'TOKEN', 'state', 'WARNING', 'sentence', :text, 'remedy', :text))
                          from channel where tenant_id = :tenant
                        """)
                .param("text", world.text())
                .param("tenant", world.id().value())
                .update();
    }

    /** As an account at Meta has them; of every number, that they were fetched just now. */
    private void templates(WorldDraft world) {
        jdbc.sql("""
                        insert into message_template (tenant_id, channel_id, name, language, category, status, body, buttons)
                        select tenant_id, id, :name, 'en', 'UTILITY', 'APPROVED', :text, '[]'
                          from channel where tenant_id = :tenant and provider = 'META'
                        """)
                .param("name", world.get("word"))
                .param("text", world.text())
                .param("tenant", world.id().value())
                .update();
        jdbc.sql("""
                        insert into template_sync (tenant_id, channel_id, begun_at, synced_at, problem)
                        select tenant_id, id, now(), now(), :text from channel where tenant_id = :tenant
                        """)
                .param("text", world.text())
                .param("tenant", world.id().value())
                .update();
    }

    private Channel number(WorldDraft world, Bot bot, String kind) {
        world.put(kind, Fresh.digits());
        NewChannel wanted = new NewChannel(
                ChannelProvider.META,
                world.text(),
                bot.id(),
                Map.of("phoneNumberId", world.get(kind)),
                Map.of("accessToken", world.get("access-token"), "appSecret", world.get("app-secret")));
        return made(world, wanted);
    }

    private static String sid(WorldDraft world) {
        world.put("account-sid", "AC" + Fresh.word());
        return world.get("account-sid");
    }

    private static String twilioNumber(WorldDraft world) {
        world.put("twilio-number", "whatsapp:+" + Fresh.digits().substring(0, 13));
        return world.get("twilio-number");
    }

    private Channel made(WorldDraft world, NewChannel wanted) {
        return switch (channels.create(world.id(), wanted)) {
            case ChannelCreation.Created(var channel) -> channel;
            case ChannelCreation refused -> throw new IllegalStateException("no channel: " + refused);
        };
    }

    /** A question that is answered. */
    ConversationId conversation(WorldDraft world, String who) {
        String visitor = who + " " + world.text();
        ChannelId channel = new ChannelId(UUID.fromString(world.get("simulator")));
        simulator.write(world.id(), channel, visitor, world.text());
        ConversationId id =
                conversations.findByUser(world.id(), channel, visitor).orElseThrow();
        Settling.await("an answer to " + id, () -> sent(world.id(), id));
        return id;
    }

    /** What a person sent to a customer, and the link with which a provider would fetch it. */
    private void sentFile(WorldDraft world) {
        ConversationId conversation = conversation(world, "collector");
        FileReply outcome = files.send(
                world.id(),
                conversation,
                world.text(),
                "list.txt",
                world.text().getBytes(StandardCharsets.UTF_8),
                world.founder().actor());
        if (!(outcome instanceof FileReply.Underway(var reply))) {
            throw new IllegalStateException("no file: " + outcome);
        }
        world.put("file-conversation", conversation);
        world.put("file-message", reply);
        world.put("file-link", links.token(world.id(), reply));
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
    private String deadLetter(WorldDraft world, String who) {
        ConversationId conversation = conversation(world, who);
        return transactions.call(
                world.id(),
                () -> jdbc.sql("""
                        update reply set status = 'FAILED', error_code = '131047', error_detail = :detail
                         where tenant_id = :tenant and conversation_id = :conversation
                        returning id::text
                        """)
                        .param("detail", world.text())
                        .param("tenant", world.id().value())
                        .param("conversation", conversation.value())
                        .query(String.class)
                        .single());
    }
}
