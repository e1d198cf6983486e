package io.switchboard.sites;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of sites. Callers are inside a tenant's transaction. */
@Repository
class Sites {

    private static final String SELECT = """
            select s.*, p.found, d.documents, d.ready, d.waiting, d.chunks from site s
              cross join lateral (select count(*) as found from site_page p
                where p.tenant_id = s.tenant_id and p.site_id = s.id and p.seen_run = s.run) p
              cross join lateral (select count(*) as documents, count(*) filter (where d.status = 'READY') as ready,
                  count(*) filter (where d.status in ('PENDING', 'PROCESSING')) as waiting,
                  coalesce(sum(d.chunks), 0) as chunks from document d
                where d.tenant_id = s.tenant_id and d.site_id = s.id) d
            """;

    private final JdbcClient jdbc;

    Sites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Site> find(TenantId tenant, SiteId id) {
        return jdbc.sql(SELECT + " where s.tenant_id = :tenant and s.id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Sites::site)
                .optional();
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<Site> lock(TenantId tenant, SiteId id) {
        jdbc.sql("select 1 from site where tenant_id = :tenant and id = :id for update")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Integer.class)
                .optional();
        return find(tenant, id);
    }

    Optional<SiteId> findByAddress(TenantId tenant, KnowledgeBaseId base, String address) {
        return jdbc.sql("""
                        select id from site where tenant_id = :tenant and knowledge_base_id = :base and address = :address
                        """)
                .param("tenant", tenant.value())
                .param("base", base.value())
                .param("address", address)
                .query((row, number) -> new SiteId(row.getObject(1, UUID.class)))
                .optional();
    }

    int count(TenantId tenant, KnowledgeBaseId base) {
        return jdbc.sql("select count(*) from site where tenant_id = :tenant and knowledge_base_id = :base")
                .param("tenant", tenant.value())
                .param("base", base.value())
                .query(Integer.class)
                .single();
    }

    /** How many sites of the tenant are being read or wait for it. */
    int underWay(TenantId tenant) {
        return jdbc.sql("select count(*) from site where tenant_id = :tenant and state in ('WAITING', 'RUNNING')")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
    }

    /** Oldest first. */
    List<Site> list(TenantId tenant, KnowledgeBaseId base, @Nullable String after, int limit) {
        return jdbc.sql(SELECT + """
                         where s.tenant_id = :tenant and s.knowledge_base_id = :base and (:after::uuid is null or s.id > :after::uuid)
                         order by s.id limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("base", base.value())
                .param("after", after)
                .param("limit", limit)
                .query(Sites::site)
                .list();
    }

    void insert(
            TenantId tenant,
            SiteId id,
            KnowledgeBaseId base,
            SiteKind kind,
            WebAddress address,
            SiteRules rules,
            Instant at) {
        rules(jdbc.sql("""
                                insert into site (tenant_id, id, knowledge_base_id, kind, address, max_depth, max_pages, includes,
                                  excludes, refresh_hours, state, run, created_at)
                                values (:tenant, :id, :base, :kind, :address, :depth, :pages, :includes, :excludes, :hours, 'WAITING', 1, :at)
                                """), rules)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("base", base.value())
                .param("kind", kind.name())
                .param("address", address.toString())
                .param("at", moment(at))
                .update();
    }

    void setRules(TenantId tenant, SiteId id, SiteKind kind, SiteRules rules, @Nullable Instant next) {
        rules(jdbc.sql("""
                                update site set kind = :kind, max_depth = :depth, max_pages = :pages, includes = :includes,
                                  excludes = :excludes, refresh_hours = :hours, next_run_at = :next
                                 where tenant_id = :tenant and id = :id
                                """), rules)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("kind", kind.name())
                .param("next", moment(next))
                .update();
    }

    private static JdbcClient.StatementSpec rules(JdbcClient.StatementSpec statement, SiteRules rules) {
        return statement
                .param("depth", rules.maxDepth())
                .param("pages", rules.maxPages())
                .param("includes", rules.includes().toArray(String[]::new))
                .param("excludes", rules.excludes().toArray(String[]::new))
                .param("hours", rules.refreshHours());
    }

    /** Begins the next run as soon as somebody has time for it. */
    void queue(TenantId tenant, SiteId id, int run) {
        jdbc.sql("""
                        update site set state = 'WAITING', run = :run, next_run_at = null where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("run", run)
                .update();
    }

    void begin(TenantId tenant, SiteId id, int run, Instant at) {
        jdbc.sql("""
                        update site set state = 'RUNNING', run = :run, checked = 0, changed = 0, failed = 0, removed = 0, problem = null,
                          next_run_at = null, started_at = :at, ended_at = null
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("run", run)
                .param("at", moment(at))
                .update();
    }

    void end(
            TenantId tenant,
            SiteId id,
            SiteState state,
            int removed,
            @Nullable String problem,
            Instant at,
            @Nullable Instant next) {
        jdbc.sql("""
                        update site set state = :state, removed = removed + :removed, problem = :problem, ended_at = :at, next_run_at = :next
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("state", state.name())
                .param("removed", removed)
                .param("problem", problem)
                .param("at", moment(at))
                .param("next", moment(next))
                .update();
    }

    void add(TenantId tenant, SiteId id, int checked, int changed, int failed) {
        jdbc.sql("""
                        update site set checked = checked + :checked, changed = changed + :changed, failed = failed + :failed
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("checked", checked)
                .param("changed", changed)
                .param("failed", failed)
                .update();
    }

    void setValidity(TenantId tenant, SiteId id, Validity validity) {
        jdbc.sql("update site set owner = :owner, valid_until = :until where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("owner", validity.owner())
                .param("until", moment(validity.until()))
                .update();
    }

    void markRemoving(TenantId tenant, SiteId id) {
        jdbc.sql("update site set state = 'REMOVING', next_run_at = null where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .update();
    }

    void delete(TenantId tenant, SiteId id) {
        jdbc.sql("delete from site where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .update();
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Site site(ResultSet row, int number) throws SQLException {
        return new Site(
                new SiteId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                SiteKind.valueOf(row.getString("kind")),
                address(row.getString("address")),
                new SiteRules(
                        row.getInt("max_depth"),
                        row.getInt("max_pages"),
                        texts(row, "includes"),
                        texts(row, "excludes"),
                        row.getObject("refresh_hours", Integer.class)),
                SiteState.valueOf(row.getString("state")),
                row.getInt("run"),
                new Site.Counts(
                        row.getInt("found"),
                        row.getInt("checked"),
                        row.getInt("changed"),
                        row.getInt("failed"),
                        row.getInt("removed"),
                        row.getInt("documents"),
                        row.getInt("ready"),
                        row.getInt("waiting"),
                        row.getInt("chunks")),
                row.getString("problem"),
                instant(row, "next_run_at"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                new Validity(row.getString("owner"), instant(row, "valid_until")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static WebAddress address(String stored) {
        return switch (WebAddress.parse(stored)) {
            case WebAddress.Parsing.Good(var address) -> address;
            case WebAddress.Parsing.Bad(var reason) ->
                throw new IllegalStateException("stored address " + stored + " " + reason);
        };
    }
}
