package io.switchboard.doctor;

import io.switchboard.channels.ChannelRhythm;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

    ChannelRhythm rhythm(Duration every) {
        return new ChannelRhythm(jdbc, "channel_examination", every);
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
