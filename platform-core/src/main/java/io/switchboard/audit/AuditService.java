package io.switchboard.audit;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Writes down what people and their programs do. Entries are written in the transaction of the deed, and never changed. */
@Service
public class AuditService {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final SystemDatabase system;
    private final ObjectProvider<Presence> presence;
    private final Clock clock;

    AuditService(
            TenantTransactions transactions,
            JdbcClient jdbc,
            SystemDatabase system,
            ObjectProvider<Presence> presence,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.system = system;
        this.presence = presence;
        this.clock = clock;
    }

    /** Joins the caller's transaction, so a deed that is undone leaves no entry. Who did it is who is signed in, else the program. */
    @Internal
    public void record(TenantId tenant, String action, String object, UUID objectId, @Nullable String detail) {
        record(tenant, actor(), action, object, objectId, detail);
    }

    /** As above, for a deed whose doer is known better than by the thread it is done in. */
    @Internal
    public void record(
            TenantId tenant, Actor actor, String action, String object, UUID objectId, @Nullable String detail) {
        AuditEntry entry = AuditRows.entry(clock.instant(), actor, here(), action, object, objectId, detail);
        transactions.run(
                tenant,
                () -> AuditRows.fill(jdbc.sql(AuditRows.insertForTenant()).param("tenant", tenant.value()), entry)
                        .update());
    }

    /** Something an operator did to the installation or to a tenant as a whole; joins the caller's transaction of the system role. */
    public void recordForOperators(String action, String object, @Nullable UUID objectId, @Nullable String detail) {
        recordForOperators(actor(), here(), action, object, objectId, detail);
    }

    /** As above, for a deed that another thread finishes. */
    public void recordForOperators(
            Actor actor,
            Origin origin,
            String action,
            String object,
            @Nullable UUID objectId,
            @Nullable String detail) {
        AuditEntry entry = AuditRows.entry(clock.instant(), actor, origin, action, object, objectId, detail);
        AuditRows.fill(system.jdbc().sql(AuditRows.insertForOperators()), entry).update();
    }

    /** Newest first. */
    @Requires(Permission.READ_AUDIT)
    public Slice<AuditEntry> list(TenantId tenant, PageRequest page) {
        return list(tenant, AuditFilter.ALL, page);
    }

    /** Newest first. */
    @Requires(Permission.READ_AUDIT)
    public Slice<AuditEntry> list(TenantId tenant, AuditFilter filter, PageRequest page) {
        List<AuditEntry> rows = transactions.call(
                tenant,
                () -> AuditRows.read(
                        jdbc.sql(AuditRows.selectOfTenant()).param("tenant", tenant.value()), filter, page));
        return slice(rows, page);
    }

    /** What operators did, newest first. */
    @OperatorOnly
    public Slice<AuditEntry> listOfOperators(AuditFilter filter, PageRequest page) {
        return slice(AuditRows.read(system.jdbc().sql(AuditRows.selectOfOperators()), filter, page), page);
    }

    /** All entries that fit, newest first, as a table for spreadsheets. */
    @Requires(Permission.READ_AUDIT)
    public void export(TenantId tenant, AuditFilter filter, Appendable out) throws IOException {
        export(page -> list(tenant, filter, page), out);
    }

    /** As {@link #export}, of what operators did. */
    @OperatorOnly
    public void exportOfOperators(AuditFilter filter, Appendable out) throws IOException {
        export(page -> listOfOperators(filter, page), out);
    }

    private static void export(Function<PageRequest, Slice<AuditEntry>> list, Appendable out) throws IOException {
        AuditCsv.head(out);
        @Nullable String after = null;
        do {
            Slice<AuditEntry> slice = list.apply(new PageRequest(PageRequest.MAX_LIMIT, after));
            for (AuditEntry entry : slice.items()) {
                AuditCsv.line(entry, out);
            }
            after = slice.next();
        } while (after != null);
    }

    private Actor actor() {
        return presence.stream().findFirst().flatMap(Presence::actor).orElse(Actor.SYSTEM);
    }

    /** From where this thread was asked for what it does. */
    public Origin here() {
        return presence.stream().findFirst().map(Presence::origin).orElse(Origin.NONE);
    }

    private static Slice<AuditEntry> slice(List<AuditEntry> rows, PageRequest page) {
        return Slice.cut(rows, page.limit(), row -> row.id().toString());
    }
}
