package io.switchboard.audit;

import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TimeOrderedUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries in a table of them, whichever it is. */
final class AuditRows {

    private static final String COLUMNS =
            "id, at, actor_kind, actor_id, actor, action, object, object_id, detail, address, agent";
    private static final String VALUES =
            ":id, :at, :actorKind, :actorId, :actor, :action, :object, :objectId, :detail, :address, :agent";
    private static final String WANTED = """
             (:after::uuid is null or id < :after::uuid)
               and (:actor::text is null or lower(actor) like :actor)
               and (:action::text is null or action = :action)
               and (:object::text is null or object = :object)
               and (:from::timestamptz is null or at >= :from)
               and (:until::timestamptz is null or at < :until)
             order by id desc limit :limit
            """;

    private AuditRows() {}

    static AuditEntry entry(
            Instant now,
            Actor actor,
            Origin origin,
            String action,
            String object,
            @Nullable UUID objectId,
            @Nullable String detail) {
        return new AuditEntry(TimeOrderedUuid.next(), now, actor, action, object, objectId, detail, origin);
    }

    static String insertForTenant() {
        return "insert into audit_entry (tenant_id, " + COLUMNS + ") values (:tenant, " + VALUES + ")";
    }

    static String insertForOperators() {
        return "insert into operator_entry (" + COLUMNS + ") values (" + VALUES + ")";
    }

    static String selectOfTenant() {
        return "select * from audit_entry where tenant_id = :tenant and" + WANTED;
    }

    static String selectOfOperators() {
        return "select * from operator_entry where" + WANTED;
    }

    static JdbcClient.StatementSpec fill(JdbcClient.StatementSpec insert, AuditEntry entry) {
        return insert.param("id", entry.id())
                .param("at", utc(entry.at()))
                .param("actorKind", entry.actor().kind().name())
                .param("actorId", entry.actor().id())
                .param("actor", entry.actor().name())
                .param("action", entry.action())
                .param("object", entry.object())
                .param("objectId", entry.objectId())
                .param("detail", entry.detail())
                .param("address", entry.origin().address())
                .param("agent", entry.origin().agent());
    }

    static List<AuditEntry> read(JdbcClient.StatementSpec select, AuditFilter filter, PageRequest page) {
        return select.param("after", page.after())
                .param("actor", filter.actorPattern())
                .param("action", filter.action())
                .param("object", filter.object())
                .param("from", utc(filter.from()))
                .param("until", utc(filter.until()))
                .param("limit", page.limit() + 1)
                .query(AuditRows::entry)
                .list();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Actor(
                        Actor.Kind.valueOf(row.getString("actor_kind")),
                        row.getObject("actor_id", UUID.class),
                        row.getString("actor")),
                row.getString("action"),
                row.getString("object"),
                row.getObject("object_id", UUID.class),
                row.getString("detail"),
                new Origin(row.getString("address"), row.getString("agent")));
    }
}
