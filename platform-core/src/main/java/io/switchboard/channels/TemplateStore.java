package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rows of templates, and when they were fetched; every call inside a transaction of the tenant. */
@Component
class TemplateStore {

    private static final String SELECT =
            "select * from message_template where tenant_id = :tenant and channel_id = :channel ";
    private static final char CURSOR_MARK = '/';

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TemplateStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    ChannelRhythm rhythm(Duration every) {
        return new ChannelRhythm(jdbc, "template_sync", every);
    }

    /** @param problem null if there was none the last time */
    record Sync(@Nullable Instant syncedAt, @Nullable String problem) {}

    /** Where a list goes on after a template. */
    static String cursor(MessageTemplate template) {
        return template.name() + CURSOR_MARK + template.language();
    }

    /** By name and language, one row more than asked for. */
    List<MessageTemplate> list(TenantId tenant, ChannelId channel, PageRequest page) {
        String after = page.after() == null ? "" : page.after();
        int mark = after.lastIndexOf(CURSOR_MARK);
        return jdbc.sql(SELECT + "and (name, language) > (:name, :language) order by name, language limit :limit")
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("name", mark < 0 ? after : after.substring(0, mark))
                .param("language", mark < 0 ? "" : after.substring(mark + 1))
                .param("limit", page.limit() + 1)
                .query(this::template)
                .list();
    }

    Optional<MessageTemplate> find(TenantId tenant, ChannelId channel, String name, String language) {
        return jdbc.sql(SELECT + "and name = :name and language = :language")
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("name", name)
                .param("language", language)
                .query(this::template)
                .optional();
    }

    Optional<Sync> last(TenantId tenant, ChannelId channel) {
        return jdbc.sql("""
                        select synced_at, problem from template_sync where tenant_id = :tenant and channel_id = :channel
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .query((row, number) ->
                        new Sync(instant(row.getObject("synced_at", OffsetDateTime.class)), row.getString("problem")))
                .optional();
    }

    /** Keeps a channel from being deleted until the transaction ends; false if it is gone. */
    boolean hold(TenantId tenant, ChannelId channel) {
        return jdbc.sql("select 1 from channel where tenant_id = ? and id = ? for key share")
                .params(tenant.value(), channel.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** In place of all that were there. */
    void replace(TenantId tenant, ChannelId channel, List<MessageTemplate> templates, Instant now) {
        note(tenant, channel, now, now, null); // first, so that of two who do it at once one waits
        jdbc.sql("delete from message_template where tenant_id = :tenant and channel_id = :channel")
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .update();
        for (MessageTemplate template : templates) {
            insert(tenant, channel, template);
        }
    }

    private void insert(TenantId tenant, ChannelId channel, MessageTemplate template) {
        jdbc.sql("""
                        insert into message_template (tenant_id, channel_id, name, language, category, status, header, body, footer,
                          buttons, obstacle, content_id)
                        values (:tenant, :channel, :name, :language, :category, :status, :header, :body, :footer, :buttons::jsonb,
                          :obstacle, :content)
                        on conflict (tenant_id, channel_id, name, language) do nothing
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("name", template.name())
                .param("language", template.language())
                .param("category", template.category())
                .param("status", template.status().name())
                .param("header", template.header())
                .param("body", template.body())
                .param("footer", template.footer())
                .param("buttons", json.writeValueAsString(template.buttons()))
                .param("obstacle", template.obstacle())
                .param("content", template.contentId())
                .update();
    }

    void failed(TenantId tenant, ChannelId channel, String problem, Instant now) {
        note(tenant, channel, now, null, problem);
    }

    private void note(
            TenantId tenant, ChannelId channel, Instant now, @Nullable Instant syncedAt, @Nullable String problem) {
        jdbc.sql("""
                        insert into template_sync (tenant_id, channel_id, begun_at, synced_at, problem)
                        values (:tenant, :channel, :now, :synced, :problem)
                        on conflict (tenant_id, channel_id) do update
                          set begun_at = excluded.begun_at, synced_at = coalesce(excluded.synced_at, template_sync.synced_at),
                              problem = excluded.problem
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("synced", syncedAt == null ? null : syncedAt.atOffset(ZoneOffset.UTC))
                .param("problem", problem)
                .update();
    }

    private MessageTemplate template(ResultSet row, int number) throws SQLException {
        return new MessageTemplate(
                row.getString("name"),
                row.getString("language"),
                row.getString("category"),
                MessageTemplate.Status.valueOf(row.getString("status")),
                row.getString("header"),
                row.getString("body"),
                row.getString("footer"),
                List.of(json.readValue(row.getString("buttons"), MessageTemplate.Button[].class)),
                row.getString("obstacle"),
                row.getString("content_id"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
