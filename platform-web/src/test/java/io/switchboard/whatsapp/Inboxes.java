package io.switchboard.whatsapp;

import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a channel has stored. */
public record Inboxes(TenantTransactions transactions, JdbcClient jdbc) {

    /** @param address where the reply goes */
    public record Row(
            String id,
            String kind,
            String user,
            String address,
            String name,
            String text,
            Instant sentAt,
            String raw) {}

    public List<Row> of(TenantId tenant, String channelId) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select i.provider_message_id, i.kind, c.user_key, c.reply_address, c.profile_name, i.text, i.sent_at,
                                       i.raw
                                  from inbox i
                                  join conversation v on v.tenant_id = i.tenant_id and v.id = i.conversation_id
                                  join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                                 where i.tenant_id = :tenant and i.channel_id = :channel order by i.received_at, i.seq
                                """)
                        .param("tenant", tenant.value())
                        .param("channel", UUID.fromString(channelId))
                        .query((row, number) -> new Row(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getTimestamp(7).toInstant(),
                                row.getString(8)))
                        .list());
    }
}
