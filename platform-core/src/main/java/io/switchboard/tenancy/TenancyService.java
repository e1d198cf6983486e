package io.switchboard.tenancy;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.OperatorOnly;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Tenants and plans, as the operator manages them. */
@Service
public class TenancyService {

    private final SystemDatabase system;
    private final ApplicationEventPublisher events;

    TenancyService(SystemDatabase system, ApplicationEventPublisher events) {
        this.system = system;
        this.events = events;
    }

    @OperatorOnly
    public TenantCreation create(NewTenant tenant) {
        if (findPlan(tenant.plan()).isEmpty()) {
            return new TenantCreation.UnknownPlan();
        }
        TenantId id = TenantId.next();
        try {
            return new TenantCreation.Created(system.transaction(() -> insert(id, tenant)));
        } catch (DuplicateKeyException _) {
            return new TenantCreation.SlugTaken();
        }
    }

    private Tenant insert(TenantId id, NewTenant tenant) {
        system.jdbc()
                .sql("insert into tenant (id, slug, name, plan, status) values (?, ?, ?, ?, 'ACTIVE')")
                .params(id.value(), tenant.slug().value(), tenant.name(), tenant.plan())
                .update();
        events.publishEvent(new TenantChanged(id, "created", tenant.name() + ", " + tenant.plan(), true));
        return find(id).orElseThrow();
    }

    @Internal
    public Optional<Tenant> find(TenantId tenant) {
        return system.jdbc()
                .sql("select * from tenant where id = ?")
                .param(tenant.value())
                .query(TenancyService::tenant)
                .optional();
    }

    public Optional<Tenant> findBySlug(Slug slug) {
        return system.jdbc()
                .sql("select * from tenant where slug = ?")
                .param(slug.value())
                .query(TenancyService::tenant)
                .optional();
    }

    /** Everybody who may have something here, archived tenants too; oldest first. For what is done to the installation as a whole. */
    public List<TenantId> ids() {
        return system.jdbc()
                .sql("select id from tenant order by id")
                .query((row, _) -> new TenantId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Tenants that are not archived, oldest first. */
    @OperatorOnly
    public Slice<Tenant> list(PageRequest page) {
        List<Tenant> rows = system.jdbc()
                .sql("""
                        select * from tenant
                         where status <> 'ARCHIVED' and (:after::uuid is null or id > :after::uuid)
                         order by id limit :limit
                        """)
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(TenancyService::tenant)
                .list();
        return Slice.cut(rows, page.limit(), tenant -> tenant.id().toString());
    }

    /** Sets the status; empty if there is no such tenant. */
    @OperatorOnly
    public Optional<Tenant> changeStatus(TenantId tenant, TenantStatus status) {
        return change(tenant, "status", status.name(), "status changed");
    }

    /**
     * Says that everything of a tenant is to go, which cannot be taken back.
     *
     * @return false if there is no such tenant, or it is active
     */
    @OperatorOnly
    public boolean beginErasure(TenantId tenant) {
        return system.jdbc().sql("""
                                update tenant set status = 'ARCHIVED', erased_at = coalesce(erased_at, clock_timestamp())
                                 where id = ? and status <> 'ACTIVE'
                                """).param(tenant.value()).update() == 1;
    }

    /** Leaves of a tenant that is being erased its id and nothing that names it. */
    @Internal
    public void finishErasure(TenantId tenant) {
        system.jdbc().sql("""
                        update tenant set name = 'Erased', slug = 'erased-' || substr(md5(id::text), 1, 24)
                         where id = ? and erased_at is not null
                        """).param(tenant.value()).update();
    }

    /** Gives the tenant another name; empty if there is no such tenant. */
    @OperatorOnly
    public Optional<Tenant> rename(TenantId tenant, String name) {
        return change(tenant, "name", NewTenant.requireName(name), "renamed");
    }

    /** Empty if there is no such tenant. */
    @OperatorOnly
    public Optional<TenantCreation> changePlan(TenantId tenant, String plan) {
        if (findPlan(plan).isEmpty()) {
            return Optional.of(new TenantCreation.UnknownPlan());
        }
        return change(tenant, "plan", plan, "plan changed").map(TenantCreation.Created::new);
    }

    private Optional<Tenant> change(TenantId tenant, String column, String value, String action) {
        return system.transaction(() -> {
            int changed = system.jdbc()
                    .sql("update tenant set " + column + " = ? where id = ?")
                    .params(value, tenant.value())
                    .update();
            if (changed == 1) {
                events.publishEvent(new TenantChanged(tenant, action, value, false));
            }
            return find(tenant);
        });
    }

    @OperatorOnly
    public List<Plan> plans() {
        return system.jdbc()
                .sql("select * from plan order by answers_per_month nulls last, name")
                .query(TenancyService::plan)
                .list();
    }

    /**
     * What a tenant may have.
     *
     * @throws IllegalArgumentException if there is no such tenant
     */
    @Internal
    public Plan planOf(TenantId tenant) {
        return find(tenant)
                .flatMap(found -> findPlan(found.plan()))
                .orElseThrow(() -> new IllegalArgumentException("no tenant " + tenant));
    }

    public Optional<Plan> findPlan(String name) {
        return system.jdbc()
                .sql("select * from plan where name = ?")
                .param(name)
                .query(TenancyService::plan)
                .optional();
    }

    /** Creates a plan or changes its limits; tenants on it have the new limits at once. */
    @OperatorOnly
    public void savePlan(Plan plan) {
        system.transaction(() -> {
            int saved = system.jdbc()
                    .sql("""
                            insert into plan (name, answers_per_month, max_documents, max_storage_bytes) values (?, ?, ?, ?)
                            on conflict (name) do update set answers_per_month = excluded.answers_per_month,
                              max_documents = excluded.max_documents, max_storage_bytes = excluded.max_storage_bytes
                            """)
                    .param(plan.name())
                    .param(plan.answersPerMonth())
                    .param(plan.maxDocuments())
                    .param(plan.maxStorageBytes())
                    .update();
            events.publishEvent(new PlanSaved(plan));
            return saved;
        });
    }

    private static Tenant tenant(ResultSet row, int number) throws SQLException {
        return new Tenant(
                new TenantId(row.getObject("id", UUID.class)),
                new Slug(row.getString("slug")),
                row.getString("name"),
                row.getString("plan"),
                TenantStatus.valueOf(row.getString("status")),
                instant(row, "created_at"));
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getString("name"),
                row.getObject("answers_per_month", Long.class),
                row.getObject("max_documents", Long.class),
                row.getObject("max_storage_bytes", Long.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
