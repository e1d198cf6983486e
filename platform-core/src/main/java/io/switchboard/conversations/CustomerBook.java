package io.switchboard.conversations;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ContactId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the conversation of a customer by any of the customer's ids, and learns new ones. Where two ids turn out to be one person's who
 * has a conversation under each, the older goes on and the ids of both lead to it. Every call inside a transaction of the tenant.
 */
@Component
class CustomerBook {

    /** A conversation that is new to two deliveries at once is found at the second try. */
    private static final int TRIES = 5;

    private static final Comparator<CustomerAlias> ORDER =
            Comparator.comparing(CustomerAlias::kind).thenComparing(CustomerAlias::value);

    private final JdbcClient jdbc;
    private final Clock clock;

    CustomerBook(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A conversation whose row is locked. */
    record Place(ConversationId conversation, long lastSeq, long doneSeq) {}

    /** Locks the conversation of a message's customer, made if there is none, and brings the contact up to date. */
    Place lock(TenantId tenant, ChannelId channel, InboundMessage message) {
        Optional<Place> known = lockKnown(tenant, channel, message);
        for (int tried = 0; known.isEmpty(); tried++) {
            if (tried == TRIES) {
                throw new CannotAcquireLockException("customer changes too fast on channel " + channel);
            }
            known = lockChanged(tenant, channel, message);
        }
        return known.get();
    }

    /** A customer who wrote before, with the same ids, name and address: nothing to write, only to lock. */
    private Optional<Place> lockKnown(TenantId tenant, ChannelId channel, InboundMessage message) {
        Customer customer = message.customer();
        if (!customer.former().isEmpty()) {
            return Optional.empty();
        }
        return withIds(jdbc.sql("""
                                select v.id, v.last_seq, v.done_seq
                                  from contact c join conversation v on v.tenant_id = c.tenant_id and v.contact_id = c.id
                                 where c.tenant_id = :tenant
                                   and c.id = (select a.contact_id
                                                 from contact_alias a
                                                 join unnest(:kinds, :values) as given (kind, value)
                                                   on a.kind = given.kind and a.value = given.value
                                                where a.tenant_id = :tenant and a.channel_id = :channel
                                                group by a.contact_id having count(*) = cardinality(:kinds))
                                   and (:address::text is null or c.reply_address = :address::text)
                                   and (:name::text is null or c.profile_name = :name::text)
                                   for update of v
                                """), tenant, channel, customer.aliases())
                .param("address", newAddress(message))
                .param("name", customer.profileName())
                .query(CustomerBook::place)
                .optional();
    }

    /** Empty if another delivery was faster with one of the ids. */
    private Optional<Place> lockChanged(TenantId tenant, ChannelId channel, InboundMessage message) {
        Optional<Place> stored = lockStored(tenant, channel, message);
        if (stored.isPresent()) {
            return stored;
        }
        Customer customer = message.customer();
        List<CustomerAlias> former = List.copyOf(customer.former());
        List<CustomerAlias> all =
                Stream.concat(customer.aliases().stream(), former.stream()).toList();
        Optional<UUID> contact = oldest(tenant, channel, all);
        if (contact.isEmpty()) {
            return make(tenant, channel, customer);
        }
        update(tenant, contact.get(), message, former);
        remove(tenant, channel, former);
        claim(tenant, channel, contact.get(), customer.aliases(), true);
        return Optional.of(jdbc.sql("""
                        insert into conversation (tenant_id, id, channel_id, contact_id, last_message_at)
                        values (:tenant, :conversation, :channel, :contact, :now)
                        on conflict (tenant_id, contact_id) do update set contact_id = excluded.contact_id
                        returning id, last_seq, done_seq
                        """)
                .param("tenant", tenant.value())
                .param("conversation", ConversationId.next().value())
                .param("channel", channel.value())
                .param("contact", contact.get())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(CustomerBook::place)
                .single());
    }

    /**
     * The conversation that has the message already. It is learnt from no more: the ids in it may have changed since, and those that the
     * customer gave up may be somebody else's by now.
     */
    private Optional<Place> lockStored(TenantId tenant, ChannelId channel, InboundMessage message) {
        return jdbc.sql("""
                        select v.id, v.last_seq, v.done_seq from conversation v
                         where v.tenant_id = :tenant
                           and v.id in (select conversation_id from inbox
                                         where tenant_id = :tenant and channel_id = :channel and provider_message_id = :message
                                        union all
                                        select conversation_id from reply
                                         where tenant_id = :tenant and channel_id = :channel and provider_message_id = :message)
                           for update of v
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("message", message.providerMessageId())
                .query(CustomerBook::place)
                .optional();
    }

    private Optional<UUID> oldest(TenantId tenant, ChannelId channel, Collection<CustomerAlias> ids) {
        return withIds(jdbc.sql("""
                                select c.id from contact c
                                 where c.tenant_id = :tenant
                                   and c.id in (select a.contact_id
                                                  from contact_alias a
                                                  join unnest(:kinds, :values) as given (kind, value)
                                                    on a.kind = given.kind and a.value = given.value
                                                 where a.tenant_id = :tenant and a.channel_id = :channel)
                                 order by c.id limit 1 for update
                                """), tenant, channel, ids).query(UUID.class).optional();
    }

    private Optional<Place> make(TenantId tenant, ChannelId channel, Customer customer) {
        UUID contact = ContactId.next().value();
        jdbc.sql("""
                        insert into contact (tenant_id, id, channel_id, user_key, reply_address, profile_name)
                        values (:tenant, :contact, :channel, :user, :address, :name)
                        """)
                .param("tenant", tenant.value())
                .param("contact", contact)
                .param("channel", channel.value())
                .param("user", customer.userKey())
                .param("address", customer.replyAddress())
                .param("name", customer.profileName())
                .update();
        if (claim(tenant, channel, contact, customer.aliases(), false)
                < customer.aliases().size()) {
            jdbc.sql("delete from contact where tenant_id = ? and id = ?")
                    .params(tenant.value(), contact)
                    .update();
            return Optional.empty();
        }
        return Optional.of(jdbc.sql("""
                        insert into conversation (tenant_id, id, channel_id, contact_id, last_message_at)
                        values (:tenant, :conversation, :channel, :contact, :now)
                        returning id, last_seq, done_seq
                        """)
                .param("tenant", tenant.value())
                .param("conversation", ConversationId.next().value())
                .param("channel", channel.value())
                .param("contact", contact)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(CustomerBook::place)
                .single());
    }

    private void update(TenantId tenant, UUID contact, InboundMessage message, List<CustomerAlias> former) {
        Customer customer = message.customer();
        jdbc.sql("""
                        update contact
                           set reply_address = coalesce(:address, reply_address),
                               profile_name = coalesce(:name, profile_name),
                               user_key = case when user_key = any(:former) then :user else user_key end
                         where tenant_id = :tenant and id = :id
                        """)
                .param("address", newAddress(message))
                .param("name", customer.profileName())
                .param("former", former.stream().map(CustomerAlias::value).toArray(String[]::new))
                .param("user", customer.userKey())
                .param("tenant", tenant.value())
                .param("id", contact)
                .update();
    }

    private void remove(TenantId tenant, ChannelId channel, List<CustomerAlias> former) {
        if (former.isEmpty()) {
            return;
        }
        withIds(jdbc.sql("""
                                delete from contact_alias a using unnest(:kinds, :values) as given (kind, value)
                                 where a.tenant_id = :tenant and a.channel_id = :channel
                                   and a.kind = given.kind and a.value = given.value
                                """), tenant, channel, former).update();
    }

    /**
     * Writes ids of a contact, in an order that is the same for all who do it.
     *
     * @param take whether ids that lead to another contact lead to this one from now on
     * @return how many are new to the contact
     */
    private int claim(TenantId tenant, ChannelId channel, UUID contact, Collection<CustomerAlias> ids, boolean take) {
        return withIds(jdbc.sql("""
                                insert into contact_alias as a (tenant_id, channel_id, kind, value, contact_id)
                                select :tenant, :channel, given.kind, given.value, :contact
                                  from unnest(:kinds, :values) with ordinality as given (kind, value, place)
                                 order by given.place
                                on conflict (tenant_id, channel_id, kind, value) do update set contact_id = excluded.contact_id
                                  where :take and a.contact_id <> excluded.contact_id
                                """), tenant, channel, ids)
                .param("contact", contact)
                .param("take", take)
                .update();
    }

    /** Learns ids of the customer of a conversation; what leads to another customer stays there. */
    void learn(TenantId tenant, ChannelId channel, UUID reply, Collection<CustomerAlias> ids) {
        if (ids.isEmpty()) {
            return;
        }
        withIds(jdbc.sql("""
                                insert into contact_alias (tenant_id, channel_id, kind, value, contact_id)
                                select :tenant, :channel, given.kind, given.value, v.contact_id
                                  from reply r join conversation v on v.tenant_id = r.tenant_id and v.id = r.conversation_id
                                 cross join unnest(:kinds, :values) as given (kind, value)
                                 where r.tenant_id = :tenant and r.id = :reply
                                on conflict do nothing
                                """), tenant, channel, ids).param("reply", reply).update();
    }

    private static JdbcClient.StatementSpec withIds(
            JdbcClient.StatementSpec statement, TenantId tenant, ChannelId channel, Collection<CustomerAlias> ids) {
        List<CustomerAlias> ordered = ids.stream().sorted(ORDER).toList();
        return statement
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("kinds", ordered.stream().map(id -> id.kind().name()).toArray(String[]::new))
                .param("values", ordered.stream().map(CustomerAlias::value).toArray(String[]::new));
    }

    /** Where the customer wrote from; what the organisation writes says nothing about that. */
    private static @Nullable String newAddress(InboundMessage message) {
        return message.kind() == MessageKind.ECHO ? null : message.customer().replyAddress();
    }

    private static Place place(ResultSet row, int number) throws SQLException {
        return new Place(
                new ConversationId(row.getObject("id", UUID.class)), row.getLong("last_seq"), row.getLong("done_seq"));
    }
}
