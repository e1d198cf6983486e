package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is done for each channel from time to time, by one process at a time. When it was begun last stands in a table that has a row for
 * each channel, with {@code begun_at}; every call inside a transaction of the tenant.
 */
public final class ChannelRhythm {

    private final JdbcClient jdbc;
    private final String table;
    private final Duration every;

    /** @param table as the program names it, never anybody else */
    public ChannelRhythm(JdbcClient jdbc, String table, Duration every) {
        this.jdbc = jdbc;
        this.table = table;
        this.every = every;
    }

    /** Channels of these providers whose time has come, or that never had it done. */
    public List<ChannelId> due(TenantId tenant, Collection<ChannelProvider> providers, Instant now) {
        return jdbc.sql("select c.id from channel c left join " + table + """
                         done on done.tenant_id = c.tenant_id and done.channel_id = c.id
                         where c.tenant_id = :tenant and c.provider = any(:providers)
                           and (done.begun_at is null or done.begun_at <= :before)
                         order by c.id
                        """)
                .param("tenant", tenant.value())
                .param(
                        "providers",
                        providers.stream().map(ChannelProvider::name).toArray(String[]::new))
                .param("before", now.minus(every).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new ChannelId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Books what is due for a channel, so that no other process begins it too; false if it is not, or no longer. */
    public boolean claim(TenantId tenant, ChannelId channel, Instant now) {
        return jdbc.sql("insert into " + table + """
                                 as done (tenant_id, channel_id, begun_at)
                                select tenant_id, id, :now from channel where tenant_id = :tenant and id = :channel
                                on conflict (tenant_id, channel_id) do update set begun_at = excluded.begun_at
                                  where done.begun_at <= :before
                                """)
                        .param("tenant", tenant.value())
                        .param("channel", channel.value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("before", now.minus(every).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
