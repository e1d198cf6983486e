package io.switchboard.conversations;

import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ContactId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.MessageId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores what customers send. When {@link #store} returns, the messages are on disk and the conversation is due. */
@Component
class Inbox {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One transaction for all messages of one delivery. Conversations are locked in the order of their customers, so two deliveries
     * cannot lock each other out.
     *
     * @param mergeWait the bot's wait for more of the same burst
     */
    Stored store(TenantId tenant, ChannelId channel, List<InboundMessage> messages, Duration mergeWait) {
        List<InboundMessage> ordered = messages.stream()
                .sorted(Comparator.comparing(InboundMessage::userKey).thenComparing(InboundMessage::sentAt))
                .toList();
        Stored result = transactions.call(tenant, () -> {
            int stored = 0;
            Set<ConversationId> touched = new HashSet<>();
            for (InboundMessage message : ordered) {
                ConversationRow conversation = lockConversation(tenant, channel, message);
                if (append(tenant, channel, conversation, message, mergeWait)) {
                    touched.add(conversation.id());
                    stored++;
                }
            }
            Failpoint.MESSAGE_UNCOMMITTED.hit();
            return new Stored(new Receipt(stored, messages.size() - stored), touched);
        });
        Failpoint.MESSAGE_UNANSWERED.hit();
        return result;
    }

    private ConversationRow lockConversation(TenantId tenant, ChannelId channel, InboundMessage message) {
        return lockKnown(tenant, channel, message).orElseGet(() -> lockNew(tenant, channel, message));
    }

    /** A customer who wrote before, with the same name and address: nothing to write, only to lock. */
    private Optional<ConversationRow> lockKnown(TenantId tenant, ChannelId channel, InboundMessage message) {
        return jdbc.sql("""
                        select v.id, v.last_seq
                          from contact c join conversation v on v.tenant_id = c.tenant_id and v.contact_id = c.id
                         where c.tenant_id = :tenant and c.channel_id = :channel and c.user_key = :user
                           and c.reply_address = :address
                           and (:name::text is null or c.profile_name = :name::text)
                           for update of v
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("user", clean(message.userKey()))
                .param("address", message.replyAddress())
                .param("name", clean(message.profileName()))
                .query(Inbox::conversation)
                .optional();
    }

    /** Makes the contact and the conversation, or brings the contact up to date. */
    private ConversationRow lockNew(TenantId tenant, ChannelId channel, InboundMessage message) {
        return jdbc.sql("""
                        with customer as (
                          insert into contact (tenant_id, id, channel_id, user_key, reply_address, profile_name)
                          values (:tenant, :contact, :channel, :user, :address, :name)
                          on conflict (tenant_id, channel_id, user_key) do update
                            set reply_address = excluded.reply_address,
                                profile_name = coalesce(excluded.profile_name, contact.profile_name)
                          returning id)
                        insert into conversation (tenant_id, id, channel_id, contact_id, last_message_at)
                        select :tenant, :conversation, :channel, id, :now from customer
                        on conflict (tenant_id, contact_id) do update set contact_id = excluded.contact_id
                        returning id, last_seq
                        """)
                .param("tenant", tenant.value())
                .param("contact", ContactId.next().value())
                .param("channel", channel.value())
                .param("user", clean(message.userKey()))
                .param("address", message.replyAddress())
                .param("name", clean(message.profileName()))
                .param("conversation", ConversationId.next().value())
                .param("now", now())
                .query(Inbox::conversation)
                .single();
    }

    private static ConversationRow conversation(ResultSet row, int number) throws SQLException {
        return new ConversationRow(new ConversationId(row.getObject("id", UUID.class)), row.getLong("last_seq"));
    }

    /**
     * Appends the message and makes the locked conversation due, by the database's clock, which all replicas share. A turn that runs, or
     * one that backs off after a failure, keeps its own time.
     *
     * @return false if the message is there already
     */
    private boolean append(
            TenantId tenant,
            ChannelId channel,
            ConversationRow conversation,
            InboundMessage message,
            Duration mergeWait) {
        MergeWait wait = MergeWait.after(message.text(), mergeWait);
        return jdbc.sql("""
                                with stored as (
                                  insert into inbox (tenant_id, id, channel_id, conversation_id, seq, provider_message_id, kind, text,
                                    sent_at, received_at, raw)
                                  values (:tenant, :id, :channel, :conversation, :seq, :message, :kind, :text, :sent, :now, :raw)
                                  on conflict (tenant_id, channel_id, provider_message_id) do nothing
                                  returning seq)
                                update conversation
                                   set last_seq = stored.seq,
                                       last_message_at = :now,
                                       waiting_since = coalesce(waiting_since, clock_timestamp()),
                                       run_at = case
                                         when taken_at is not null then null
                                         when run_at is null then clock_timestamp() + :pause * interval '1 millisecond'
                                         when :extend and lease_until is null and head_attempts = 0 then
                                           least(clock_timestamp() + :pause * interval '1 millisecond',
                                                 coalesce(waiting_since, clock_timestamp()) + :longest * interval '1 millisecond')
                                         else run_at end
                                  from stored
                                 where tenant_id = :tenant and id = :conversation
                                """)
                        .param("tenant", tenant.value())
                        .param("id", MessageId.next().value())
                        .param("channel", channel.value())
                        .param("conversation", conversation.id().value())
                        .param("seq", conversation.lastSeq() + 1)
                        .param("message", clean(message.providerMessageId()))
                        .param("kind", message.kind().name())
                        .param("text", clean(message.text()))
                        .param("sent", message.sentAt().atOffset(ZoneOffset.UTC))
                        .param("now", now())
                        .param("raw", clean(message.raw()))
                        .param("pause", wait.pause().toMillis())
                        .param("longest", wait.longest().toMillis())
                        .param("extend", message.kind().answerable(message.text()))
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** PostgreSQL's text has no NUL; nothing a person types has either. */
    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace("\0", "");
    }

    /** @param touched conversations with a new message */
    record Stored(Receipt receipt, Set<ConversationId> touched) {}

    private record ConversationRow(ConversationId id, long lastSeq) {}
}
