package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.Telephone;
import io.switchboard.conversations.TestMessage.Refused;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes a test message into the conversation of a telephone, if it may have one now. */
@Component
class TestMessageWriter {

    static final String TEXT = "This is a test. Answers of your bot leave through this number.";

    private static final int SHOWN_DIGITS = 4;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AnswerWindows windows;
    private final CustomerBook customers;
    private final ReplyWriter replies;
    private final AuditService audit;
    private final Clock clock;

    TestMessageWriter(
            TenantTransactions transactions,
            JdbcClient jdbc,
            AnswerWindows windows,
            CustomerBook customers,
            ReplyWriter replies,
            AuditService audit,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.windows = windows;
        this.customers = customers;
        this.replies = replies;
        this.audit = audit;
        this.clock = clock;
    }

    TestMessage write(TenantId tenant, Channel channel, Telephone telephone, Actor person) {
        return transactions.call(tenant, () -> {
            Optional<Known> known = known(tenant, channel.id(), telephone.alias());
            return refusal(channel, known)
                    .<TestMessage>map(refused -> refused)
                    .orElseGet(() -> write(
                            tenant,
                            channel.id(),
                            known.map(Known::place).orElseGet(() -> begin(tenant, channel.id(), telephone)),
                            telephone,
                            person));
        });
    }

    private TestMessage write(TenantId tenant, ChannelId channel, Place place, Telephone telephone, Actor person) {
        long seq = place.lastSeq() + 1;
        ReplyId reply = replies.writeForPerson(
                new ReplyWriter.Place(tenant, place.conversation(), channel, seq, seq),
                ReplyDraft.byPerson(TEXT, person.name()));
        String digits = telephone.address().replaceAll("\\D", "");
        audit.record(
                tenant,
                person,
                "sent a test message",
                "channel",
                channel.value(),
                "to a telephone ending in " + digits.substring(digits.length() - SHOWN_DIGITS));
        return new TestMessage.Underway(place.conversation(), reply);
    }

    private Optional<Refused> refusal(Channel channel, Optional<Known> known) {
        Instant wrote = known.map(Known::wroteAt).orElse(null);
        boolean closed = windows.of(channel.provider(), wrote)
                .filter(window -> !window.open())
                .isPresent();
        if (closed) {
            return Optional.of(new Refused(
                    "WhatsApp lets a business write freely for 24 hours after the other side wrote, and this telephone "
                            + (wrote == null ? "has not written to the number yet." : "wrote longer ago than that."),
                    "Write any message from that telephone to the number first, and send the test again."));
        }
        if (known.map(Known::optedOut).orElse(false)) {
            return Optional.of(new Refused(
                    "This telephone wrote STOP to the number, so it gets no more messages.",
                    "Write START from that telephone to the number, and send the test again."));
        }
        if (known.map(Known::waiting).orElse(false)) {
            return Optional.of(new Refused(
                    "A message of this telephone waits for its answer just now.",
                    "Look whether the answer arrives: that is the test."));
        }
        return Optional.empty();
    }

    private record Place(ConversationId conversation, long lastSeq) {}

    /** @param waiting whether a message waits for its answer */
    private record Known(
            Place place,
            boolean waiting,
            boolean optedOut,
            @Nullable Instant wroteAt) {}

    private Optional<Known> known(TenantId tenant, ChannelId channel, CustomerAlias alias) {
        return jdbc.sql("""
                        select v.id, v.last_seq, v.done_seq < v.last_seq as waiting, v.opted_out_at is not null as opted_out,
                               v.customer_wrote_at
                          from contact_alias a
                          join conversation v on v.tenant_id = a.tenant_id and v.contact_id = a.contact_id
                         where a.tenant_id = :tenant and a.channel_id = :channel and a.kind = :kind and a.value = :value
                           for update of v
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("kind", alias.kind().name())
                .param("value", alias.value())
                .query(TestMessageWriter::known)
                .optional();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        OffsetDateTime wrote = row.getObject("customer_wrote_at", OffsetDateTime.class);
        return new Known(
                new Place(new ConversationId(row.getObject("id", UUID.class)), row.getLong("last_seq")),
                row.getBoolean("waiting"),
                row.getBoolean("opted_out"),
                wrote == null ? null : wrote.toInstant());
    }

    /** A conversation in which we speak first, as with somebody to whom a colleague writes in the provider's app. */
    private Place begin(TenantId tenant, ChannelId channel, Telephone telephone) {
        String address = telephone.address();
        CustomerBook.Place place = customers.lock(
                tenant,
                channel,
                new InboundMessage(
                        "test-" + TimeOrderedUuid.next(),
                        new Customer(address, address, null, Set.of(telephone.alias()), Set.of()),
                        MessageContent.of(MessageKind.ECHO, TEXT),
                        clock.instant(),
                        "{}"));
        return new Place(place.conversation(), place.lastSeq());
    }
}
