package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantPlaces;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sets a tenant with a number up, writes to it and looks at what is stored. */
@TestComponent
class Desk {

    static final Duration LEASE = Duration.ofSeconds(60);

    /** More than a test takes. */
    static final TenantPlaces PLACES = new TenantPlaces(1_000_000, 1_000_000);

    private final TenancyService tenancy;
    private final TestChannels channels;
    private final Inbox inbox;
    private final ConversationQueue queue;
    private final ConversationReader reader;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    Desk(
            TenancyService tenancy,
            TestChannels channels,
            Inbox inbox,
            ConversationQueue queue,
            ConversationReader reader,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Clock clock) {
        this.tenancy = tenancy;
        this.channels = channels;
        this.inbox = inbox;
        this.queue = queue;
        this.reader = reader;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param tenant with one bot that answers every message on its own */
    record Line(TenantId tenant, Channel channel) {}

    Line open() {
        return open("standard", Duration.ZERO);
    }

    Line open(String plan, Duration mergeWait) {
        TenantId tenant = TestTenants.on(tenancy, plan);
        return new Line(tenant, channels.meta(tenant, channels.bot(tenant, mergeWait)));
    }

    /** Stores a text from a customer, due at once. */
    ConversationId write(Line line, String user, String text) {
        return write(line, user, MessageContent.text(text), UUID.randomUUID().toString(), Duration.ZERO);
    }

    /** Stores any message of a customer. */
    ConversationId write(Line line, String user, MessageContent content, String id, Duration mergeWait) {
        InboundMessage message =
                new InboundMessage(id, Customer.of(CustomerAlias.phone(user)), content, clock.instant(), "{}");
        return inbox.store(line.tenant(), line.channel().id(), List.of(message), mergeWait)
                .touched()
                .iterator()
                .next();
    }

    /** Claims what is due and keeps the tenant's own claims; whatever else the query took is handed back. */
    List<Claim> claim(Line line, Duration lease) {
        List<Claim> claims = queue.claim(1000, lease, List.of());
        claims.stream()
                .filter(claim -> !claim.tenant().equals(line.tenant()))
                .forEach(claim -> queue.handBack(claim, Duration.ZERO, false));
        return claims.stream()
                .filter(claim -> claim.tenant().equals(line.tenant()))
                .toList();
    }

    List<ThreadMessage> thread(Line line, ConversationId conversation) {
        return reader.messages(line.tenant(), conversation, PageRequest.first(200))
                .items();
    }

    ReplyId onlyReply(Line line, ConversationId conversation) {
        return new ReplyId(thread(line, conversation).stream()
                .filter(message -> message.direction() == ThreadMessage.Direction.OUT)
                .map(ThreadMessage::id)
                .reduce((one, two) -> {
                    throw new AssertionError("two replies");
                })
                .orElseThrow());
    }

    /** Runs a statement as the tenant; its first parameter is the tenant. */
    int change(Line line, String sql) {
        return transactions.call(
                line.tenant(), () -> jdbc.sql(sql).param(line.tenant().value()).update());
    }

    long count(Line line, String sql) {
        return transactions.call(
                line.tenant(),
                () -> jdbc.sql(sql)
                        .param(line.tenant().value())
                        .query(Long.class)
                        .single());
    }
}
