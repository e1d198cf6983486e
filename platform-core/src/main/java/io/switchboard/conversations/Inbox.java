package io.switchboard.conversations;

import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.MessageId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores what customers send. When {@link #store} returns, the messages are on disk and the conversation is due. */
@Component
class Inbox {

    private static final int TRIES = 5;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final CustomerBook customers;
    private final CustomersChanges changes;
    private final EchoWriter echoes;
    private final JsonMapper json;
    private final Clock clock;

    Inbox(
            TenantTransactions transactions,
            JdbcClient jdbc,
            CustomerBook customers,
            CustomersChanges changes,
            EchoWriter echoes,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.customers = customers;
        this.changes = changes;
        this.echoes = echoes;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One transaction for all messages of one delivery. Conversations are locked in the order of their customers, so two deliveries
     * hardly lock each other out; where a customer's many ids bring that about, one of the two begins again.
     *
     * @param mergeWait the bot's wait for more of the same burst
     */
    Stored store(TenantId tenant, ChannelId channel, List<InboundMessage> messages, Duration mergeWait) {
        List<InboundMessage> ordered = messages.stream()
                .sorted(Comparator.comparing(
                                (InboundMessage message) -> message.customer().userKey())
                        .thenComparing(InboundMessage::sentAt))
                .toList();
        Stored result = storeOrdered(tenant, channel, ordered, mergeWait);
        Failpoint.MESSAGE_UNANSWERED.hit();
        return result;
    }

    private Stored storeOrdered(TenantId tenant, ChannelId channel, List<InboundMessage> messages, Duration mergeWait) {
        for (int tried = 1; ; tried++) {
            try {
                return transactions.call(tenant, () -> storeAll(tenant, channel, messages, mergeWait));
            } catch (PessimisticLockingFailureException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Stored storeAll(TenantId tenant, ChannelId channel, List<InboundMessage> messages, Duration mergeWait) {
        int stored = 0;
        Set<ConversationId> touched = new HashSet<>();
        for (InboundMessage message : messages) {
            CustomerBook.Place place = customers.lock(tenant, channel, message);
            boolean isNew = message.kind() == MessageKind.ECHO
                    ? echoes.write(tenant, channel, place, message)
                    : append(tenant, channel, place, message, mergeWait);
            if (isNew) {
                touched.add(place.conversation());
                stored++;
            }
        }
        Failpoint.MESSAGE_UNCOMMITTED.hit();
        return new Stored(new Receipt(stored, messages.size() - stored), touched);
    }

    /**
     * Appends the message and makes the locked conversation due, by the database's clock, which all replicas share. A turn that runs, or
     * one that backs off after a failure, keeps its own time. Providers promise no order: what the customer changed before the message
     * itself came is changed as it is written.
     *
     * @return false if the message is there already
     */
    private boolean append(
            TenantId tenant, ChannelId channel, CustomerBook.Place place, InboundMessage message, Duration mergeWait) {
        MessageContent content = message.content();
        MergeWait wait = MergeWait.after(content.text(), mergeWait);
        boolean isNew = jdbc.sql("""
                                with late as (
                                  select max(sent_at) filter (where kind = 'REVOKE') as revoked_at,
                                         max(sent_at) filter (where kind = 'EDIT') as edited_at,
                                         (array_agg(text order by sent_at desc) filter (where kind = 'EDIT'))[1] as text
                                    from inbox
                                   where tenant_id = :tenant and channel_id = :channel and refers_to = :message
                                     and kind in ('EDIT', 'REVOKE') and conversation_id = :conversation),
                                stored as (
                                  insert into inbox (tenant_id, id, channel_id, conversation_id, seq, provider_message_id, kind, text,
                                    sent_at, received_at, raw, refers_to, choice_id, media, edited_at, revoked_at)
                                  select :tenant, :id, :channel, :conversation, :seq, :message, :kind,
                                         case when late.revoked_at is null then coalesce(late.text, :text) end,
                                         :sent, :now, case when late.revoked_at is null then :raw else '{}' end,
                                         :refers, :choice, :media::jsonb, late.edited_at, late.revoked_at
                                    from late
                                  on conflict (tenant_id, channel_id, provider_message_id) do nothing
                                  returning seq),
                                released as (
                                  update reply set status = 'PENDING', next_at = clock_timestamp(), error_code = null, error_detail = null
                                    from stored
                                   where tenant_id = :tenant and conversation_id = :conversation and status = 'HELD' and :opens)
                                update conversation
                                   set last_seq = stored.seq,
                                       last_message_at = :now,
                                       customer_wrote_at = case when :opens then greatest(customer_wrote_at, :wrote)
                                                                else customer_wrote_at end,
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
                        .param("conversation", place.conversation().value())
                        .param("seq", place.lastSeq() + 1)
                        .param("message", message.providerMessageId())
                        .param("kind", message.kind().name())
                        .param("text", content.text())
                        .param("sent", message.sentAt().atOffset(ZoneOffset.UTC))
                        .param("now", now())
                        .param("wrote", wroteAt(message).atOffset(ZoneOffset.UTC))
                        .param("raw", message.raw())
                        .param("refers", content.refersTo())
                        .param("choice", content.choiceId())
                        .param("media", content.media().isEmpty() ? null : json.writeValueAsString(content.media()))
                        .param("opens", message.kind().opensWindow())
                        .param("pause", wait.pause().toMillis())
                        .param("longest", wait.longest().toMillis())
                        .param(
                                "extend",
                                message.kind().answerable(content.text())
                                        || message.kind().unreadable(content.text()))
                        .update()
                == 1;
        if (isNew) {
            changes.apply(tenant, channel, place.conversation(), message);
        }
        return isNew;
    }

    /** By the provider's clock, where that can be right. */
    private Instant wroteAt(InboundMessage message) {
        Instant arrival = clock.instant();
        boolean plausible = !message.sentAt().isAfter(arrival)
                && message.sentAt().isAfter(arrival.minus(TurnInput.Pending.LATEST_DELIVERY));
        return plausible ? message.sentAt() : arrival;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** @param touched conversations with a new message */
    record Stored(Receipt receipt, Set<ConversationId> touched) {}
}
