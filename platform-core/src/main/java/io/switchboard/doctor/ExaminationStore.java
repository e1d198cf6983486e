package io.switchboard.doctor;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The last examination of each channel; every call inside a transaction of the tenant. */
@Component
class ExaminationStore {

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExaminationStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Examination> last(TenantId tenant, ChannelId channel) {
        return jdbc.sql("""
                        select examined_at, findings from channel_examination
                         where tenant_id = :tenant and channel_id = :channel and findings is not null
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .query(this::examination)
                .optional();
    }

    /** Channels whose last examination found something that keeps customers from being answered. */
    List<ChannelId> failing(TenantId tenant) {
        return jdbc.sql("""
                        select channel_id from channel_examination
                         where tenant_id = :tenant and state = 'FAILED' order by channel_id
                        """)
                .param("tenant", tenant.value())
                .query((row, number) -> new ChannelId(row.getObject("channel_id", UUID.class)))
                .list();
    }

    /** Channels whose last examination began before that, or that never had one. */
    List<ChannelId> due(TenantId tenant, Instant before) {
        return jdbc.sql("""
                        select c.id from channel c
                          left join channel_examination e on e.tenant_id = c.tenant_id and e.channel_id = c.id
                         where c.tenant_id = :tenant and (e.begun_at is null or e.begun_at <= :before)
                         order by c.id
                        """)
                .param("tenant", tenant.value())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new ChannelId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Books an examination that is due, so that no other process begins it too; false if it is not, or no longer. */
    boolean claim(TenantId tenant, ChannelId channel, Instant now, Instant before) {
        return jdbc.sql("""
                                insert into channel_examination (tenant_id, channel_id, begun_at)
                                select tenant_id, id, :now from channel where tenant_id = :tenant and id = :channel
                                on conflict (tenant_id, channel_id) do update set begun_at = excluded.begun_at
                                  where channel_examination.begun_at <= :before
                                """)
                        .param("tenant", tenant.value())
                        .param("channel", channel.value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("before", before.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void save(TenantId tenant, ChannelId channel, Examination examination) {
        jdbc.sql("""
                        insert into channel_examination (tenant_id, channel_id, begun_at, examined_at, state, findings)
                        values (:tenant, :channel, :at, :at, :state, :findings::jsonb)
                        on conflict (tenant_id, channel_id) do update
                          set begun_at = excluded.begun_at, examined_at = excluded.examined_at,
                              state = excluded.state, findings = excluded.findings
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("at", examination.at().atOffset(ZoneOffset.UTC))
                .param("state", examination.state().name())
                .param("findings", json.writeValueAsString(examination.findings()))
                .update();
    }

    Optional<Instant> lastMessage(TenantId tenant, ChannelId channel) {
        return jdbc.sql("select max(received_at) from inbox where tenant_id = :tenant and channel_id = :channel")
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private Examination examination(ResultSet row, int number) throws SQLException {
        return new Examination(
                row.getObject("examined_at", OffsetDateTime.class).toInstant(),
                json.readValue(row.getString("findings"), FINDINGS));
    }
}
