package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Stops the reading of a document, and begins it again. */
@Component
class DocumentControl {

    static final String CANCELLED = "Reading was cancelled. Try again when you wish.";

    private final TenantTransactions transactions;
    private final Documents documents;
    private final Chunks chunks;
    private final Embeddings embeddings;
    private final KnowledgeEvents events;

    DocumentControl(
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

    /** What a person has changed stays for the next reading; everything else that was made of the document goes. */
    DocumentSteering cancel(TenantId tenant, DocumentId id) {
        DocumentSteering outcome = transactions.call(tenant, () -> {
            documents.lock(tenant);
            Document document = documents.find(tenant, id).orElse(null);
            if (document == null) {
                return new DocumentSteering.Unknown();
            }
            if (!documents.moveOn(tenant, id, document.version(), DocumentStatus.FAILED, CANCELLED)) {
                return new DocumentSteering.NotNow(document);
            }
            if (!documents.edited(tenant, id)) {
                Set<String> texts = chunks.delete(tenant, id);
                documents.countChunks(tenant, id);
                embeddings.deleteUnused(tenant, texts);
            }
            embeddings.deleteAbandoned(tenant);
            return new DocumentSteering.Done(documents.find(tenant, id).orElseThrow());
        });
        if (outcome instanceof DocumentSteering.Done(Document document)) {
            events.afterCommit(new DocumentCancelled(tenant, id));
            events.afterCommit(new DocumentChanged(tenant, document.knowledgeBase(), id));
        }
        return outcome;
    }

    DocumentSteering retry(TenantId tenant, DocumentId id) {
        return transactions.call(tenant, () -> {
            documents.lock(tenant);
            Document document = documents.find(tenant, id).orElse(null);
            if (document == null) {
                return new DocumentSteering.Unknown();
            }
            if (document.status() != DocumentStatus.FAILED) {
                return new DocumentSteering.NotNow(document);
            }
            documents.restart(tenant, id, document.name(), document.mediaType());
            Document restarted = documents.find(tenant, id).orElseThrow();
            events.now(new DocumentAdded(tenant, id, restarted.version()));
            events.afterCommit(new DocumentChanged(tenant, restarted.knowledgeBase(), id));
            return new DocumentSteering.Done(restarted);
        });
    }
}
