package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Documents.Source;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides whether a new document may be stored, and stores its row and the wish to process it in one transaction. */
@Component
class DocumentIntake {

    private final TenantTransactions transactions;
    private final TenancyService tenancy;
    private final Documents documents;
    private final KnowledgeEvents events;
    private final Clock clock;

    DocumentIntake(
            TenantTransactions transactions,
            TenancyService tenancy,
            Documents documents,
            KnowledgeEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.tenancy = tenancy;
        this.documents = documents;
        this.events = events;
        this.clock = clock;
    }

    record Offer(
            KnowledgeBaseId knowledgeBase,
            DocumentKind kind,
            String name,
            String mediaType,
            long sizeBytes,
            Source source) {}

    /** @param contentUsed whether the row refers to the offered content */
    record Decision(DocumentAddition addition, boolean contentUsed) {

        static Decision refuse(DocumentAddition refusal) {
            return new Decision(refusal, false);
        }
    }

    Decision admit(TenantId tenant, Offer offer) {
        Plan plan = plan(tenant);
        return transactions.call(tenant, () -> {
            if (!documents.knowledgeBaseExists(tenant, offer.knowledgeBase())) {
                return Decision.refuse(new DocumentAddition.UnknownKnowledgeBase());
            }
            documents.lock(tenant);
            Document same = same(tenant, offer).orElse(null);
            if (same != null) {
                return new Decision(new DocumentAddition.Added(again(tenant, same, offer)), false);
            }
            DocumentAddition refusal = refusal(plan, documents.totals(tenant), offer.sizeBytes());
            if (refusal != null) {
                return Decision.refuse(refusal);
            }
            return new Decision(new DocumentAddition.Added(insert(tenant, offer)), true);
        });
    }

    private Optional<Document> same(TenantId tenant, Offer offer) {
        String url = offer.source().url();
        return url == null
                ? documents.findByContent(
                        tenant, offer.knowledgeBase(), offer.source().sha256())
                : documents.findByUrl(tenant, offer.knowledgeBase(), url);
    }

    /** What the plan of the tenant allows. */
    Plan plan(TenantId tenant) {
        return tenancy.find(tenant)
                .flatMap(found -> tenancy.findPlan(found.plan()))
                .orElseThrow(() -> new IllegalArgumentException("no tenant " + tenant));
    }

    private static @Nullable DocumentAddition refusal(Plan plan, Documents.Totals totals, long sizeBytes) {
        Long maxDocuments = plan.maxDocuments();
        if (maxDocuments != null && totals.documents() >= maxDocuments) {
            return new DocumentAddition.PlanFull(maxDocuments);
        }
        Long maxBytes = plan.maxStorageBytes();
        if (maxBytes != null && totals.bytes() + sizeBytes > maxBytes) {
            return new DocumentAddition.StorageFull(maxBytes);
        }
        return null;
    }

    /** The same a second time is the same document; one that failed gets another try, and a page may say something new. */
    private Document again(TenantId tenant, Document same, Offer offer) {
        boolean underWay = same.status() == DocumentStatus.PENDING || same.status() == DocumentStatus.PROCESSING;
        if (underWay || (same.status() == DocumentStatus.READY && same.kind() != DocumentKind.PAGE)) {
            return same;
        }
        documents.restart(tenant, same.id(), offer.name(), offer.mediaType());
        Document restarted = documents.find(tenant, same.id()).orElseThrow();
        announce(tenant, restarted);
        return restarted;
    }

    private Document insert(TenantId tenant, Offer offer) {
        Document document = new Document(
                DocumentId.next(),
                offer.knowledgeBase(),
                offer.kind(),
                offer.name(),
                offer.mediaType(),
                offer.sizeBytes(),
                DocumentStatus.PENDING,
                null,
                0,
                0,
                1,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        documents.insert(tenant, document, offer.source());
        announce(tenant, document);
        return document;
    }

    private void announce(TenantId tenant, Document document) {
        events.now(new DocumentAdded(tenant, document.id(), document.version()));
        events.afterCommit(new DocumentChanged(tenant, document.knowledgeBase(), document.id()));
    }
}
