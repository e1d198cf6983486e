package io.switchboard.sites;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.Validators;
import io.switchboard.sites.SitePage.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of addresses that a site has. Callers are inside a tenant's transaction. */
@Repository
class SitePages {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    SitePages(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    int seen(TenantId tenant, SiteId site, int run, boolean sitemaps) {
        return jdbc.sql("""
                        select count(*) from site_page where tenant_id = :tenant and site_id = :site and seen_run = :run and role = :role
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("run", run)
                .param("role", role(sitemaps))
                .query(Integer.class)
                .single();
    }

    /** Notes that the run came upon these; what it has seen already stays as it is. */
    void see(TenantId tenant, SiteId site, int run, List<Found> found) {
        batches.batchUpdate("""
                insert into site_page (tenant_id, id, site_id, url, role, depth, seen_run) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant_id, site_id, url) do update
                  set seen_run = excluded.seen_run, role = excluded.role, depth = excluded.depth, attempts = 0
                  where site_page.seen_run < excluded.seen_run
                """, found, found.size(), (statement, row) -> {
            statement.setObject(1, tenant.value());
            statement.setObject(2, DocumentId.next().value());
            statement.setObject(3, site.value());
            statement.setString(4, row.url());
            statement.setString(5, role(row.sitemap()));
            statement.setInt(6, row.depth());
            statement.setInt(7, run);
        });
    }

    /** Those of the addresses that the run has not come upon yet. */
    List<Found> unseen(TenantId tenant, SiteId site, int run, List<Found> found) {
        var seen = jdbc.sql("""
                        select url from site_page
                         where tenant_id = :tenant and site_id = :site and seen_run = :run and url = any(:urls)
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("run", run)
                .param("urls", found.stream().map(Found::url).toArray(String[]::new))
                .query(String.class)
                .set();
        return found.stream().filter(one -> !seen.contains(one.url())).toList();
    }

    Optional<SitePage> next(TenantId tenant, SiteId site, int run) {
        return jdbc.sql("""
                        select p.*, d.status from site_page p
                          left join document d on d.tenant_id = p.tenant_id and d.id = p.document_id
                         where p.tenant_id = :tenant and p.site_id = :site and p.seen_run = :run and p.done_run < p.seen_run
                         order by p.role desc, p.attempts, p.depth, p.id limit 1
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("run", run)
                .query(SitePages::page)
                .optional();
    }

    /** Writes down what came of a look; document, validators, fingerprint and links stay if null */
    void done(
            TenantId tenant,
            UUID id,
            int run,
            String outcome,
            @Nullable DocumentId document,
            @Nullable Validators validators,
            @Nullable String fingerprint,
            @Nullable List<String> links) {
        jdbc.sql("""
                        update site_page set done_run = :run, outcome = :outcome, document_id = coalesce(:document, document_id),
                          etag = case when :validated then :etag else etag end,
                          last_modified = case when :validated then :modified else last_modified end,
                          fingerprint = coalesce(:fingerprint, fingerprint),
                          links = coalesce(:links, links),
                          missed = case when :outcome in ('CHANGED', 'SAME') then 0 else missed end
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("run", run)
                .param("outcome", outcome)
                .param("document", document == null ? null : document.value())
                .param("validated", validators != null)
                .param("etag", validators == null ? null : validators.etag())
                .param("modified", validators == null ? null : validators.lastModified())
                .param("fingerprint", fingerprint)
                .param("links", links == null ? null : links.toArray(String[]::new), Types.ARRAY)
                .update();
    }

    boolean skipped(TenantId tenant, SiteId site, int run, String url) {
        return jdbc.sql("""
                        select exists (select 1 from site_page where tenant_id = :tenant and site_id = :site and url = :url
                                          and done_run = :run and outcome = 'SKIPPED')
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("url", url)
                .param("run", run)
                .query(Boolean.class)
                .single();
    }

    void postpone(TenantId tenant, UUID id) {
        jdbc.sql("update site_page set attempts = attempts + 1 where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .update();
    }

    /**
     * Counts what the run has missed.
     *
     * @param whole whether the run has seen all that the site has
     */
    void countMissed(TenantId tenant, SiteId site, int run, boolean whole) {
        jdbc.sql("""
                        update site_page set missed = missed + 1
                         where tenant_id = :tenant and site_id = :site
                           and (done_run = :run and outcome in ('GONE', 'SKIPPED') or :whole and seen_run < :run)
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("run", run)
                .param("whole", whole)
                .update();
    }

    record Missed(UUID id, @Nullable DocumentId document) {}

    List<Missed> missed(TenantId tenant, SiteId site, int times, int limit) {
        return jdbc.sql("""
                        select id, document_id from site_page
                         where tenant_id = :tenant and site_id = :site and missed >= :times order by id limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("site", site.value())
                .param("times", times)
                .param("limit", limit)
                .query((row, number) ->
                        new Missed(row.getObject(1, UUID.class), document(row.getObject(2, UUID.class))))
                .list();
    }

    void delete(TenantId tenant, UUID id) {
        jdbc.sql("delete from site_page where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .update();
    }

    private static String role(boolean sitemap) {
        return sitemap ? "SITEMAP" : "PAGE";
    }

    private static @Nullable DocumentId document(@Nullable UUID id) {
        return id == null ? null : new DocumentId(id);
    }

    /** What is known of a page whose document is gone or unusable is forgotten, so that it is read anew. */
    private static SitePage page(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        boolean usable = status != null && !status.equals("FAILED");
        return new SitePage(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("role").equals("SITEMAP"),
                row.getInt("depth"),
                document(row.getObject("document_id", UUID.class)),
                row.getInt("attempts"),
                usable ? new Validators(row.getString("etag"), row.getString("last_modified")) : Validators.NONE,
                usable ? row.getString("fingerprint") : null,
                List.of((String[]) row.getArray("links").getArray()));
    }
}
