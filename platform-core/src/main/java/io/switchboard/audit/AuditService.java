package io.switchboard.audit;

import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Writes down what people and their programs do. Entries are written in the transaction of the deed, and never changed. */
@Service
public class AuditService {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    AuditService(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Joins the caller's transaction, so a deed that is undone leaves no entry. */
    public void record(
            TenantId tenant, Actor actor, String action, String object, UUID objectId, @Nullable String detail) {
        transactions.run(
                tenant,
                () -> jdbc.sql("""
                        insert into audit_entry
                          (tenant_id, id, at, actor_kind, actor_id, actor, action, object, object_id, detail)
                        values (:tenant, :id, :at, :actorKind, :actorId, :actor, :action, :object, :objectId, :detail)
                        """)
                        .param("tenant", tenant.value())
                        .param("id", TimeOrderedUuid.next())
                        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("actorKind", actor.kind().name())
                        .param("actorId", actor.id())
                        .param("actor", actor.name())
                        .param("action", action)
                        .param("object", object)
                        .param("objectId", objectId)
                        .param("detail", detail)
                        .update());
    }

    /** Newest first. */
    public Slice<AuditEntry> list(TenantId tenant, PageRequest page) {
        List<AuditEntry> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select * from audit_entry
                         where tenant_id = :tenant and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(AuditService::entry)
                        .list());
        return Slice.cut(rows, page.limit(), row -> row.id().toString());
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
                row.getString("detail"));
    }
}
