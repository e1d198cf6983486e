package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A document with all its chunks, to be changed as a whole. Callers are inside a tenant's transaction. */
@Component
class DocumentRows {

    private final Documents documents;
    private final Chunks chunks;
    private final Embeddings embeddings;

    DocumentRows(Documents documents, Chunks chunks, Embeddings embeddings) {
        this.documents = documents;
        this.chunks = chunks;
        this.embeddings = embeddings;
    }

    /** Nobody else changes the tenant's documents until the transaction ends. */
    Optional<Document> lock(TenantId tenant, DocumentId id) {
        documents.lock(tenant);
        return documents.find(tenant, id);
    }

    /** In order. */
    List<ChunkRow> all(TenantId tenant, DocumentId id) {
        return chunks.rows(tenant, id);
    }

    EditableChunk find(TenantId tenant, DocumentId document, ChunkId chunk) {
        return chunks.find(tenant, document, chunk).orElseThrow();
    }

    /**
     * Makes these the document's chunks, as a person has them now.
     *
     * @return how many changes by people the document has seen
     */
    int replace(TenantId tenant, Document document, List<ChunkRow> rows) {
        Set<String> before = chunks.replace(tenant, document, rows);
        documents.countChunks(tenant, document.id());
        embeddings.deleteUnused(tenant, before);
        return documents.countEdit(tenant, document.id());
    }
}
