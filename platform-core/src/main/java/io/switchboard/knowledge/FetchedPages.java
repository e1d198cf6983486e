package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Bytes of pages: those fetched last replace those before, which are removed. */
@Component
class FetchedPages {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedPages.class);

    private final TenantTransactions transactions;
    private final Documents documents;
    private final DocumentContent content;
    private final TenancyService tenancy;
    private final KnowledgeSettings settings;

    FetchedPages(
            TenantTransactions transactions,
            Documents documents,
            DocumentContent content,
            TenancyService tenancy,
            KnowledgeSettings settings) {
        this.transactions = transactions;
        this.documents = documents;
        this.content = content;
        this.tenancy = tenancy;
        this.settings = settings;
    }

    long maxBytes() {
        return settings.maxFileSize().toBytes();
    }

    private record Change(PageStorage outcome, @Nullable ContentId unused) {}

    PageStorage store(TenantId tenant, DocumentId id, int version, String mediaType, InputStream bytes)
            throws IOException {
        MeasuredInputStream measured = new MeasuredInputStream(bytes, maxBytes());
        ContentId stored = content.store(tenant, measured);
        ContentId unused = stored;
        try {
            Plan plan = tenancy.planOf(tenant);
            Change change = transactions.call(
                    tenant, () -> replace(tenant, id, version, mediaType, stored, measured.count(), plan));
            unused = change.unused();
            return change.outcome();
        } finally {
            if (unused != null) {
                discard(tenant, unused);
            }
        }
    }

    private Change replace(
            TenantId tenant, DocumentId id, int version, String mediaType, ContentId stored, long bytes, Plan plan) {
        documents.lock(tenant);
        Optional<Document> before = documents.find(tenant, id);
        if (before.isEmpty()) {
            return new Change(PageStorage.SUPERSEDED, stored);
        }
        Long maxBytes = plan.maxStorageBytes();
        if (maxBytes != null && documents.totals(tenant).bytes() - before.get().sizeBytes() + bytes > maxBytes) {
            return new Change(PageStorage.FULL, stored);
        }
        ContentId replaced = documents.source(tenant, id).content();
        return documents.setContent(tenant, id, version, mediaType, stored, bytes)
                ? new Change(PageStorage.STORED, replaced)
                : new Change(PageStorage.SUPERSEDED, stored);
    }

    private void discard(TenantId tenant, ContentId unused) {
        try {
            content.delete(tenant, unused);
        } catch (IOException e) {
            LOG.warn("Content {} of tenant {} could not be deleted and stays on disk, unused", unused, tenant, e);
        }
    }
}
