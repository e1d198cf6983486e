package io.switchboard.webhooklog;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the log. */
@Component
class WebhookLogStore {

    private static final int PORTION = 10_000;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final SystemDatabase system;

    WebhookLogStore(TenantTransactions transactions, JdbcClient jdbc, SystemDatabase system) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.system = system;
    }

    /** A channel that is gone takes its log with it. */
    void insert(TenantId tenant, List<WebhookDelivery> deliveries) {
        transactions.run(tenant, () -> deliveries.forEach(delivery -> insert(tenant, delivery)));
    }

    private void insert(TenantId tenant, WebhookDelivery delivery) {
        jdbc.sql("""
                        insert into webhook_delivery (tenant_id, id, channel_id, at, outcome, kinds, messages, statuses, ignored,
                          broken, bytes, millis, error)
                        select :tenant, :id, c.id, :at, :outcome, :kinds, :messages, :statuses, :ignored, :broken, :bytes, :millis, :error
                          from channel c where c.tenant_id = :tenant and c.id = :channel
                        """)
                .param("tenant", tenant.value())
                .param("id", delivery.id())
                .param("channel", delivery.channel().value())
                .param("at", delivery.at().atOffset(ZoneOffset.UTC))
                .param("outcome", delivery.outcome().name())
                .param("kinds", delivery.kinds())
                .param("messages", delivery.messages())
                .param("statuses", delivery.statuses())
                .param("ignored", delivery.ignored())
                .param("broken", delivery.broken())
                .param("bytes", delivery.bytes())
                .param("millis", Math.toIntExact(delivery.duration().toMillis()))
                .param("error", delivery.error())
                .update();
    }

    Slice<WebhookDelivery> list(TenantId tenant, ChannelId channel, WebhookLogFilter filter, PageRequest page) {
        List<WebhookDelivery> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select * from webhook_delivery
                                 where tenant_id = :tenant and channel_id = :channel
                                   and (:after::uuid is null or id < :after::uuid)
                                   and (:outcome::text is null or outcome = :outcome::text)
                                   and (:text = '' or position(lower(:text) in lower(kinds || ' ' || coalesce(error, ''))) > 0)
                                 order by id desc limit :limit
                                """)
                        .param("tenant", tenant.value())
                        .param("channel", channel.value())
                        .param("after", page.after())
                        .param(
                                "outcome",
                                filter.outcome() == null
                                        ? null
                                        : filter.outcome().name())
                        .param("text", filter.text())
                        .param("limit", page.limit() + 1)
                        .query(WebhookLogStore::delivery)
                        .list());
        return Slice.cut(rows, page.limit(), row -> row.id().toString());
    }

    int fetchedSinceDelivered(TenantId tenant, ChannelId channel) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select count(*) from webhook_delivery
                                 where tenant_id = :tenant and channel_id = :channel and outcome = 'FETCHED'
                                   and at > coalesce(
                                     (select max(at) from webhook_delivery
                                       where tenant_id = :tenant and channel_id = :channel and outcome = 'STORED' and messages > 0),
                                     '-infinity')
                                """)
                        .param("tenant", tenant.value())
                        .param("channel", channel.value())
                        .query(Integer.class)
                        .single());
    }

    /** Of all tenants; returns how many. */
    long removeBefore(Instant moment) {
        long total = 0;
        int portion;
        do {
            portion = system.jdbc()
                    .sql("""
                            delete from webhook_delivery d using (
                              select tenant_id, id from webhook_delivery where at < :moment limit :portion) old
                             where d.tenant_id = old.tenant_id and d.id = old.id
                            """)
                    .param("moment", moment.atOffset(ZoneOffset.UTC))
                    .param("portion", PORTION)
                    .update();
            total += portion;
        } while (portion == PORTION);
        return total;
    }

    private static WebhookDelivery delivery(ResultSet row, int number) throws SQLException {
        return new WebhookDelivery(
                row.getObject("id", UUID.class),
                new ChannelId(row.getObject("channel_id", UUID.class)),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("kinds"),
                row.getInt("messages"),
                row.getInt("statuses"),
                row.getInt("ignored"),
                row.getInt("broken"),
                row.getInt("bytes"),
                Duration.ofMillis(row.getInt("millis")),
                row.getString("error"));
    }
}
