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
import java.util.List;
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

    /** @param unused content that no row refers to any more, or never did: what was offered, or what it replaced */
    record Decision(DocumentAddition addition, @Nullable ContentId unused) {}

    Decision admit(TenantId tenant, Offer offer) {
        Plan plan = tenancy.planOf(tenant);
        return transactions.call(tenant, () -> {
            ContentId offered = offer.source().content();
            if (!documents.knowledgeBaseExists(tenant, offer.knowledgeBase())) {
                return new Decision(new DocumentAddition.UnknownKnowledgeBase(), offered);
            }
            documents.lock(tenant);
            Document same = same(tenant, offer).orElse(null);
            if (same != null) {
                return new Decision(new DocumentAddition.Added(again(tenant, same, offer)), offered);
            }
            Document former = former(tenant, offer).orElse(null);
            DocumentAddition refusal = refusal(plan, documents.totals(tenant), former, offer.sizeBytes());
            if (refusal != null) {
                return new Decision(refusal, offered);
            }
            return former == null
                    ? new Decision(new DocumentAddition.Added(insert(tenant, offer)), null)
                    : replace(tenant, former, offer);
        });
    }

    /** What a file of the same name said before. Files without a name of their own have nothing to do with each other. */
    private Optional<Document> former(TenantId tenant, Offer offer) {
        return offer.kind() == DocumentKind.FILE && !offer.name().equals(Texts.UNNAMED)
                ? documents.findFile(tenant, offer.knowledgeBase(), offer.name())
                : Optional.empty();
    }

    /** It stays the same document, with what people did to its chunks; bots answer from the former text until the new one is ready. */
    private Decision replace(TenantId tenant, Document former, Offer offer) {
        ContentId replaced = documents.source(tenant, former.id()).content();
        documents.replaceFile(tenant, former.id(), offer.mediaType(), offer.sizeBytes(), offer.source());
        Document restarted = documents.find(tenant, former.id()).orElseThrow();
        announce(tenant, restarted);
        return new Decision(new DocumentAddition.Added(restarted), replaced);
    }

    private Optional<Document> same(TenantId tenant, Offer offer) {
        String url = offer.source().url();
        return url == null
                ? documents.findByContent(
                        tenant, offer.knowledgeBase(), offer.source().sha256())
                : documents.findByUrl(tenant, offer.knowledgeBase(), url);
    }

    private static @Nullable DocumentAddition refusal(
            Plan plan, Documents.Totals totals, @Nullable Document former, long sizeBytes) {
        Long maxDocuments = plan.maxDocuments();
        if (former == null && maxDocuments != null && totals.documents() >= maxDocuments) {
            return new DocumentAddition.PlanFull(maxDocuments);
        }
        Long maxBytes = plan.maxStorageBytes();
        long freed = former == null ? 0 : former.sizeBytes();
        if (maxBytes != null && totals.bytes() - freed + sizeBytes > maxBytes) {
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
                List.of(),
                null,
                null,
                null,
                null,
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
