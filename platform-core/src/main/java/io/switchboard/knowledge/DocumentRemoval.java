package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Removes a document's rows: itself, its chunks, and the vectors that only they used. */
@Component
class DocumentRemoval {

    private final TenantTransactions transactions;
    private final Documents documents;
    private final Chunks chunks;
    private final Embeddings embeddings;
    private final KnowledgeEvents events;

    DocumentRemoval(
            TenantTransactions transactions,
            Documents documents,
            Chunks chunks,
            Embeddings embeddings,
            KnowledgeEvents events) {
        this.transactions = transactions;
        this.documents = documents;
        this.chunks = chunks;
        this.embeddings = embeddings;
        this.events = events;
    }

    /** @param content bytes that nothing refers to any more */
    record Removed(Document document, @Nullable ContentId content) {}

    /** Empty if there is no such document. */
    Optional<Removed> remove(TenantId tenant, DocumentId id) {
        Optional<Removed> removed = transactions.call(tenant, () -> {
            documents.lock(tenant);
            return documents.find(tenant, id).map(document -> removeRows(tenant, document));
        });
        removed.map(Removed::document).ifPresent(document -> {
            events.afterCommit(new DocumentRemoved(tenant, document.knowledgeBase(), document.id()));
            events.afterCommit(new DocumentChanged(tenant, document.knowledgeBase(), document.id()));
        });
        return removed;
    }

    private Removed removeRows(TenantId tenant, Document document) {
        Documents.Source source = documents.source(tenant, document.id());
        boolean edited = documents.edited(tenant, document.id());
        Set<String> texts = chunks.delete(tenant, document.id());
        documents.delete(tenant, document.id());
        embeddings.deleteUnused(tenant, texts);
        if (edited || document.status() != DocumentStatus.READY) {
            embeddings.deleteAbandoned(tenant);
        }
        return new Removed(document, source.content());
    }
}
