package io.switchboard.channels;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of channels; every call inside a transaction of the tenant. */
@Component
class ChannelStore {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String SELECT = """
            select channel.*,
                   (select coalesce(jsonb_object_agg(c.name, c.hint), '{}') from channel_credential c
                     where c.tenant_id = channel.tenant_id and c.channel_id = channel.id) as hints
              from channel
             where tenant_id = :tenant
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ChannelStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(TenantId tenant, Channel channel) {
        jdbc.sql("""
                        insert into channel (tenant_id, id, provider, name, bot_id, key, verify_token, settings, status, created_at)
                        values (:tenant, :id, :provider, :name, :bot, :key, :token, :settings::jsonb, :status, :created)
                        """)
                .param("tenant", tenant.value())
                .param("id", channel.id().value())
                .param("provider", channel.provider().name())
                .param("name", channel.name())
                .param("bot", channel.bot().value())
                .param("key", channel.key())
                .param("token", channel.verifyToken())
                .param("settings", json.writeValueAsString(channel.settings()))
                .param("status", channel.status().name())
                .param("created", channel.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another channel of the installation holds the claim */
    void insertRoute(TenantId tenant, Channel channel, @Nullable String claim) {
        jdbc.sql("""
                        insert into channel_route (key, tenant_id, channel_id, provider, external_id, token_hash)
                        values (:key, :tenant, :channel, :provider, :claim, sha256(convert_to(:token, 'UTF8')))
                        """)
                .param("key", channel.key())
                .param("tenant", tenant.value())
                .param("channel", channel.id().value())
                .param("provider", channel.provider().name())
                .param("claim", claim)
                .param("token", channel.verifyToken())
                .update();
    }

    void saveCredential(TenantId tenant, ChannelId channel, String name, byte[] ciphertext, String hint) {
        jdbc.sql("""
                        insert into channel_credential (tenant_id, channel_id, name, ciphertext, hint)
                        values (:tenant, :channel, :name, :ciphertext, :hint)
                        on conflict (tenant_id, channel_id, name) do update
                          set ciphertext = excluded.ciphertext, hint = excluded.hint
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("name", name)
                .param("ciphertext", ciphertext)
                .param("hint", hint)
                .update();
    }

    Optional<byte[]> credential(TenantId tenant, ChannelId channel, String name) {
        return jdbc.sql("""
                        select ciphertext from channel_credential
                         where tenant_id = :tenant and channel_id = :channel and name = :name
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("name", name)
                .query(byte[].class)
                .optional();
    }

    Optional<Channel> find(TenantId tenant, ChannelId id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(this::channel)
                .optional();
    }

    Optional<Channel> findByBot(TenantId tenant, ChannelProvider provider, BotId bot) {
        return jdbc.sql(SELECT + " and bot_id = :bot and provider = :provider order by id limit 1")
                .param("tenant", tenant.value())
                .param("bot", bot.value())
                .param("provider", provider.name())
                .query(this::channel)
                .optional();
    }

    /** Oldest first, one row more than asked for. */
    List<Channel> list(TenantId tenant, PageRequest page) {
        return jdbc.sql(SELECT + " and (:after::uuid is null or id > :after::uuid) order by id limit :limit")
                .param("tenant", tenant.value())
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(this::channel)
                .list();
    }

    List<Channel> stopped(TenantId tenant) {
        return jdbc.sql(SELECT + " and status = 'STOPPED' order by id")
                .param("tenant", tenant.value())
                .query(this::channel)
                .list();
    }

    void change(TenantId tenant, ChannelId id, String name, BotId bot, Map<String, String> settings) {
        jdbc.sql("""
                        update channel set name = :name, bot_id = :bot, settings = :settings::jsonb
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("name", name)
                .param("bot", bot.value())
                .param("settings", json.writeValueAsString(settings))
                .update();
    }

    /** False if there is no such channel, or it has this status already. */
    boolean changeStatus(TenantId tenant, ChannelId id, ChannelStatus status, @Nullable String reason) {
        return jdbc.sql("""
                        update channel set status = :status, status_reason = :reason
                         where tenant_id = :tenant and id = :id and status <> :status
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("status", status.name())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    boolean delete(TenantId tenant, ChannelId id) {
        return jdbc.sql("delete from channel where tenant_id = :tenant and id = :id")
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .update()
                > 0;
    }

    private Channel channel(ResultSet row, int number) throws SQLException {
        return new Channel(
                new ChannelId(row.getObject("id", UUID.class)),
                ChannelProvider.valueOf(row.getString("provider")),
                row.getString("name"),
                new BotId(row.getObject("bot_id", UUID.class)),
                row.getString("key"),
                row.getString("verify_token"),
                json.readValue(row.getString("settings"), TEXTS),
                json.readValue(row.getString("hints"), TEXTS),
                ChannelStatus.valueOf(row.getString("status")),
                row.getString("status_reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
