package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.privacy.ErasureReceipt.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Rows of receipts. Callers are inside a tenant's transaction. */
@Repository
class Receipts {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Receipts(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    ErasureReceipt write(TenantId tenant, Actor actor, Subject subject, UUID subjectId, List<Removed> removed) {
        ErasureReceipt receipt = new ErasureReceipt(
                TimeOrderedUuid.next(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor.name(),
                subject,
                subjectId,
                removed);
        jdbc.sql("""
                        insert into erasure_receipt (tenant_id, id, at, actor, subject, subject_id, removed)
                        values (:tenant, :id, :at, :actor, :subject, :subjectId, :removed::jsonb)
                        """)
                .param("tenant", tenant.value())
                .param("id", receipt.id())
                .param("at", receipt.at().atOffset(ZoneOffset.UTC))
                .param("actor", receipt.actor())
                .param("subject", subject.name())
                .param("subjectId", subjectId)
                .param("removed", json.writeValueAsString(removed))
                .update();
        return receipt;
    }

    /** Takes the names of the tenant's people from its receipts. */
    void forgetActors(TenantId tenant) {
        jdbc.sql("update erasure_receipt set actor = 'Erased' where tenant_id = ? and subject = 'PERSON'")
                .param(tenant.value())
                .update();
    }

    /** Newest first. */
    Slice<ErasureReceipt> list(TenantId tenant, PageRequest page) {
        List<ErasureReceipt> rows = jdbc.sql("""
                        select id, at, actor, subject, subject_id, removed::text as removed from erasure_receipt
                         where tenant_id = :tenant and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(this::receipt)
                .list();
        return Slice.cut(rows, page.limit(), receipt -> receipt.id().toString());
    }

    private ErasureReceipt receipt(ResultSet row, int number) throws SQLException {
        return new ErasureReceipt(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                Subject.valueOf(row.getString("subject")),
                row.getObject("subject_id", UUID.class),
                List.of(json.readValue(row.getString("removed"), Removed[].class)));
    }
}
