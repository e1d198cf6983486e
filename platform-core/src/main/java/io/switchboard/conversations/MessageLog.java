package io.switchboard.conversations;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages of a tenant over all its conversations. Ids are time-ordered, so the order of ids is that of messages. */
@Component
class MessageLog {

    private static final String LIST = "select * from (" + side(MessageRows.IN, "i") + " union all "
            + side(MessageRows.OUT, "r") + ") message order by id desc limit :limit";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final MessageRows messages;

    MessageLog(TenantTransactions transactions, JdbcClient jdbc, MessageRows messages) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    /** Each side is cut before they are joined, so a page reads no more of either than it may need. */
    private static String side(String select, String table) {
        return "(select * from (" + select + """
                 where %1$s.tenant_id = :tenant and (:after::uuid is null or %1$s.id < :after::uuid)
                   and (:channel::uuid is null or %1$s.channel_id = :channel::uuid)
                   and (:conversation::uuid is null or %1$s.conversation_id = :conversation::uuid)) side
                 where (:direction::text is null or direction = :direction::text) and (:status::text is null or status = :status::text)
                   and (:from::timestamptz is null or at >= :from::timestamptz)
                   and (:before::timestamptz is null or at < :before::timestamptz)
                 order by id desc limit :limit)
                """.formatted(table);
    }

    Slice<LoggedMessage> list(TenantId tenant, MessageFilter filter, PageRequest page) {
        List<LoggedMessage> rows = transactions.call(
                tenant,
                () -> jdbc.sql(LIST)
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param(
                                "channel",
                                filter.channel() == null
                                        ? null
                                        : filter.channel().value())
                        .param(
                                "conversation",
                                filter.conversation() == null
                                        ? null
                                        : filter.conversation().value())
                        .param(
                                "direction",
                                filter.direction() == null
                                        ? null
                                        : filter.direction().name())
                        .param("status", filter.status())
                        .param("from", utc(filter.from()))
                        .param("before", utc(filter.before()))
                        .param("limit", page.limit() + 1)
                        .query(this::message)
                        .list());
        return Slice.cut(rows, page.limit(), row -> row.message().id().toString());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private LoggedMessage message(ResultSet row, int number) throws SQLException {
        return new LoggedMessage(
                new ConversationId(row.getObject("conversation_id", UUID.class)),
                new ChannelId(row.getObject("channel_id", UUID.class)),
                messages.message(row));
    }
}
