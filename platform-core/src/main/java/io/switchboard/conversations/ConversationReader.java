package io.switchboard.conversations;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads conversations for people. */
@Component
class ConversationReader {

    private static final String SUMMARY = """
            select v.id, v.channel_id, h.name as channel_name, coalesce(c.profile_name, c.user_key) as contact, v.last_message_at,
                   v.done_seq < v.last_seq as waiting, v.taken_by, v.opted_out_at is not null as opted_out, v.customer_wrote_at, h.provider,
                   (select coalesce(i.text, i.description) from inbox i where i.tenant_id = v.tenant_id and i.conversation_id = v.id
                     order by i.seq desc limit 1) as last_text
              from conversation v
              join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
              join channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
             where v.tenant_id = :tenant
            """;

    private static final String MESSAGES = "select * from (" + MessageRows.IN
            + " where i.tenant_id = :tenant and i.conversation_id = :conversation union all " + MessageRows.OUT
            + " where r.tenant_id = :tenant and r.conversation_id = :conversation) message"
            + " where (seq, turn) > (:seq, :turn) order by seq, turn limit :limit";

    /** As many as a page shows at once. */
    private static final String NEWEST = "select * from (" + MessageRows.IN
            + " where i.tenant_id = :tenant and i.conversation_id = :conversation union all " + MessageRows.OUT
            + " where r.tenant_id = :tenant and r.conversation_id = :conversation) message"
            + " order by seq desc, turn desc limit 100";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final MessageRows messages;
    private final AnswerWindows windows;

    ConversationReader(TenantTransactions transactions, JdbcClient jdbc, MessageRows messages, AnswerWindows windows) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.messages = messages;
        this.windows = windows;
    }

    List<ThreadMessage> newestMessages(TenantId tenant, ConversationId id) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(NEWEST)
                        .param("tenant", tenant.value())
                        .param("conversation", id.value())
                        .query((row, number) -> messages.message(row))
                        .list()
                        .reversed());
    }

    Optional<Instant> newestMessage(TenantId tenant, ChannelId channel) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select received_at from inbox where tenant_id = :tenant and channel_id = :channel
                         order by id desc limit 1
                        """)
                        .param("tenant", tenant.value())
                        .param("channel", channel.value())
                        .query(OffsetDateTime.class)
                        .optional()
                        .map(OffsetDateTime::toInstant));
    }

    Slice<ConversationSummary> list(TenantId tenant, PageRequest page) {
        return transactions.call(tenant, () -> {
            List<ConversationSummary> rows = jdbc.sql(SUMMARY + """
                             and (:after::uuid is null or (v.last_message_at, v.id) <
                               (select last_message_at, id from conversation where tenant_id = :tenant and id = :after::uuid))
                             order by v.last_message_at desc, v.id desc limit :limit
                            """)
                    .param("tenant", tenant.value())
                    .param("after", page.after())
                    .param("limit", page.limit() + 1)
                    .query(this::summary)
                    .list();
            return Slice.cut(rows, page.limit(), row -> row.id().toString());
        });
    }

    Optional<ConversationSummary> find(TenantId tenant, ConversationId id) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(SUMMARY + " and v.id = :id")
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .query(this::summary)
                        .optional());
    }

    Optional<ConversationId> findByUser(TenantId tenant, ChannelId channel, String userKey) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select v.id from conversation v join contact_alias a on a.tenant_id = v.tenant_id and a.contact_id = v.contact_id
                         where v.tenant_id = ? and a.channel_id = ? and a.value = ?
                         order by v.id limit 1
                        """)
                        .params(tenant.value(), channel.value(), userKey)
                        .query(UUID.class)
                        .optional()
                        .map(ConversationId::new));
    }

    Slice<ThreadMessage> messages(TenantId tenant, ConversationId id, PageRequest page) {
        Position after = Position.parse(page.after());
        return transactions.call(tenant, () -> {
            List<Positioned> rows = jdbc.sql(MESSAGES)
                    .param("tenant", tenant.value())
                    .param("conversation", id.value())
                    .param("seq", after.seq())
                    .param("turn", after.turn())
                    .param("limit", page.limit() + 1)
                    .query(this::message)
                    .list();
            return Slice.cut(rows, page.limit(), row -> row.position().toString())
                    .map(Positioned::message);
        });
    }

    MessageCounts counts(TenantId tenant, Instant since) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select (select count(*) from inbox where tenant_id = :tenant and received_at >= :since) as received,
                               (select count(*) from reply where tenant_id = :tenant and created_at >= :since) as replied,
                               (select coalesce(sum(last_seq - done_seq), 0) from conversation where tenant_id = :tenant) as waiting,
                               (select count(*) from reply where tenant_id = :tenant and created_at >= :since
                                   and status = 'FAILED') as failed,
                               (select count(*) from conversation where tenant_id = :tenant and last_message_at >= :since)
                                   as conversations
                        """)
                        .param("tenant", tenant.value())
                        .param("since", since.atOffset(ZoneOffset.UTC))
                        .query((row, number) -> new MessageCounts(
                                row.getLong("received"),
                                row.getLong("replied"),
                                row.getLong("waiting"),
                                row.getLong("failed"),
                                row.getLong("conversations")))
                        .single());
    }

    private ConversationSummary summary(ResultSet row, int number) throws SQLException {
        return new ConversationSummary(
                new ConversationId(row.getObject("id", UUID.class)),
                new ChannelId(row.getObject("channel_id", UUID.class)),
                row.getString("channel_name"),
                row.getString("contact"),
                row.getString("last_text"),
                time(row, "last_message_at"),
                row.getBoolean("waiting"),
                row.getString("taken_by"),
                windows.of(ChannelProvider.valueOf(row.getString("provider")), customerWroteAt(row))
                        .orElse(null),
                row.getBoolean("opted_out"));
    }

    private static @Nullable Instant customerWroteAt(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("customer_wrote_at", OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private Positioned message(ResultSet row, int number) throws SQLException {
        return new Positioned(new Position(row.getLong("seq"), row.getInt("turn")), messages.message(row));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private record Positioned(Position position, ThreadMessage message) {}

    /** A place in a conversation; messages come before the reply that answers them. */
    private record Position(long seq, int turn) {

        static Position parse(@Nullable String cursor) {
            if (cursor == null) {
                return new Position(0, 0);
            }
            if (!cursor.matches("\\d{1,18}-[01]")) {
                throw new IllegalArgumentException("not a cursor of this list: " + cursor);
            }
            int dash = cursor.indexOf('-');
            return new Position(
                    Long.parseLong(cursor.substring(0, dash)), Integer.parseInt(cursor.substring(dash + 1)));
        }

        @Override
        public String toString() {
            return seq + "-" + turn;
        }
    }
}
