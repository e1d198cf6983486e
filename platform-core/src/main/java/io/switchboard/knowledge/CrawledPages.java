package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentIntake.Decision;
import io.switchboard.knowledge.DocumentIntake.Offer;
import io.switchboard.knowledge.Documents.Source;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Internal;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Documents that a web site's crawl brings, changes and takes away. A page that somebody had added by hand before stays theirs: a crawl
 * refreshes what it says and never removes it.
 */
@Service
public class CrawledPages {

    private static final Logger LOG = LoggerFactory.getLogger(CrawledPages.class);

    private final TenantTransactions transactions;
    private final DocumentIntake intake;
    private final Documents documents;
    private final DocumentContent content;
    private final DocumentStore store;
    private final KnowledgeEvents events;
    private final KnowledgeSettings settings;
    private final JdbcClient jdbc;

    CrawledPages(
            TenantTransactions transactions,
            DocumentIntake intake,
            Documents documents,
            DocumentContent content,
            DocumentStore store,
            KnowledgeEvents events,
            KnowledgeSettings settings,
            JdbcClient jdbc) {
        this.transactions = transactions;
        this.intake = intake;
        this.documents = documents;
        this.content = content;
        this.store = store;
        this.events = events;
        this.settings = settings;
        this.jdbc = jdbc;
    }

    /** Outcome of {@link #take}. */
    public sealed interface Taken {

        record Queued(DocumentId document) implements Taken {}

        /** @param refusal of the tenant's plan, or because the knowledge base is gone */
        record Refused(DocumentAddition refusal) implements Taken {}
    }

    /** What one page may have; the same as a file. */
    @Internal
    public long maxPageBytes(TenantId tenant) {
        return settings.maxFileSize().toBytes();
    }

    /**
     * Keeps the bytes of a page and queues them for the pipeline, in place of what the page said before; answers come from that until the
     * new text is ready.
     *
     * @param validity that a page has which is new
     */
    @Internal
    public Taken take(
            TenantId tenant,
            KnowledgeBaseId base,
            SiteId site,
            Validity validity,
            WebAddress page,
            String mediaType,
            InputStream bytes)
            throws IOException {
        MeasuredInputStream measured =
                new MeasuredInputStream(bytes, settings.maxFileSize().toBytes());
        ContentId stored = content.store(tenant, measured);
        ContentId unused = stored;
        try {
            Change change = transactions.call(
                    tenant, () -> put(tenant, base, site, validity, page, mediaType, stored, measured));
            unused = change.unused();
            return change.taken();
        } finally {
            if (unused != null) {
                discard(tenant, unused);
            }
        }
    }

    private record Change(Taken taken, @Nullable ContentId unused) {}

    private Change put(
            TenantId tenant,
            KnowledgeBaseId base,
            SiteId site,
            Validity validity,
            WebAddress page,
            String mediaType,
            ContentId stored,
            MeasuredInputStream bytes) {
        documents.lock(tenant);
        Document known = documents.findByUrl(tenant, base, page.toString()).orElse(null);
        if (known != null) {
            ContentId replaced = documents.source(tenant, known.id()).content();
            renew(tenant, known, mediaType, stored, bytes.count());
            return new Change(new Taken.Queued(known.id()), replaced);
        }
        Source source = new Source(Source.page(page).sha256(), stored, null, page.toString());
        Decision decision = intake.admit(
                tenant, new Offer(base, DocumentKind.PAGE, page.toString(), mediaType, bytes.count(), source));
        if (decision.addition() instanceof DocumentAddition.Added(Document added)) {
            jdbc.sql("""
                            update document set site_id = :site, fetched_version = version where tenant_id = :tenant and id = :id
                            """)
                    .param("tenant", tenant.value())
                    .param("site", site.value())
                    .param("id", added.id().value())
                    .update();
            if (!validity.equals(Validity.UNLIMITED)) {
                set(tenant, added.id(), validity);
            }
            return new Change(new Taken.Queued(added.id()), null);
        }
        return new Change(new Taken.Refused(decision.addition()), stored);
    }

    private void renew(TenantId tenant, Document known, String mediaType, ContentId stored, long bytes) {
        int version = known.version() + 1;
        jdbc.sql("""
                        update document set content_id = :content, size_bytes = :bytes, media_type = :mediaType, status = 'PENDING',
                          reason = null, progress = 0, version = :version, fetched_version = :version
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", known.id().value())
                .param("content", stored.value())
                .param("bytes", bytes)
                .param("mediaType", mediaType)
                .param("version", version)
                .update();
        events.now(new DocumentAdded(tenant, known.id(), version));
        events.afterCommit(new DocumentChanged(tenant, known.knowledgeBase(), known.id()));
    }

    private void set(TenantId tenant, DocumentId page, Validity validity) {
        documents.setValidity(tenant, page, validity.owner(), validity.until());
        events.now(new ValidityChanged(tenant, page, validity.until()));
    }

    /** Gives all pages of a site the same owner and the same end. The caller's transaction holds both. */
    @Internal
    public void setValidity(TenantId tenant, KnowledgeBaseId base, SiteId site, Validity validity) {
        transactions.run(tenant, () -> {
            for (DocumentId page : ofSite(tenant, site, Integer.MAX_VALUE)) {
                set(tenant, page, validity);
                events.afterCommit(new DocumentChanged(tenant, base, page));
            }
        });
    }

    /** Takes a page away, unless it does not belong to the site. */
    @Internal
    public boolean remove(TenantId tenant, SiteId site, DocumentId page) {
        boolean owned = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select exists (select 1 from document where tenant_id = :tenant and id = :id and site_id = :site)
                        """)
                        .param("tenant", tenant.value())
                        .param("id", page.value())
                        .param("site", site.value())
                        .query(Boolean.class)
                        .single());
        return owned && store.delete(tenant, page);
    }

    /** Some of the pages that belong to a site; none once all are removed. */
    @Internal
    public List<DocumentId> ofSite(TenantId tenant, SiteId site, int limit) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select id from document where tenant_id = :tenant and site_id = :site order by id limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("site", site.value())
                        .param("limit", limit)
                        .query((row, number) -> new DocumentId(row.getObject(1, java.util.UUID.class)))
                        .list());
    }

    private void discard(TenantId tenant, ContentId unused) {
        try {
            content.delete(tenant, unused);
        } catch (IOException e) {
            LOG.warn("Content {} of tenant {} could not be deleted and stays on disk, unused", unused, tenant, e);
        }
    }
}
