package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What the pipeline and the indexes need of documents. Every step may be repeated after a crash, and does nothing once the document has
 * been deleted or has moved on to another version.
 */
@Service
public class DocumentProcessing {

    private final TenantTransactions transactions;
    private final Documents documents;
    private final Chunks chunks;
    private final Embeddings embeddings;
    private final DocumentContent content;
    private final FetchedPages pages;
    private final KnowledgeEvents events;
    private final Clock clock;

    DocumentProcessing(
            TenantTransactions transactions,
            Documents documents,
            Chunks chunks,
            Embeddings embeddings,
            DocumentContent content,
            FetchedPages pages,
            KnowledgeEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.documents = documents;
        this.chunks = chunks;
        this.embeddings = embeddings;
        this.content = content;
        this.pages = pages;
        this.events = events;
        this.clock = clock;
    }

    /** How many documents of the tenant are in the pipeline or before it. */
    public long waiting(TenantId tenant) {
        return transactions.call(tenant, () -> documents.countWaiting(tenant));
    }

    /** Takes a document into work, also one that a crash left in the middle; empty if there is nothing (more) to do. */
    public Optional<DocumentTask> begin(TenantId tenant, DocumentId id, int version) {
        Optional<DocumentTask> task = transactions.call(tenant, () -> {
            if (!documents.moveOn(tenant, id, version, DocumentStatus.PROCESSING, null)) {
                return Optional.empty();
            }
            documents.beginStep(tenant, id, version, clock.instant());
            return documents.task(tenant, id);
        });
        task.ifPresent(begun -> changed(tenant, begun.document()));
        return task;
    }

    /** The bytes of a file. */
    public InputStream open(TenantId tenant, DocumentId id) throws IOException {
        ContentId stored =
                transactions.call(tenant, () -> documents.source(tenant, id)).content();
        if (stored == null) {
            throw new IllegalArgumentException("document " + id + " is not a file");
        }
        return content.open(tenant, stored);
    }

    /** What one page may have; the same as a file. */
    public long maxPageBytes() {
        return pages.maxBytes();
    }

    /** Keeps what was fetched for a page, in place of what it had before. */
    public PageStorage storePage(TenantId tenant, DocumentId id, int version, String mediaType, InputStream bytes)
            throws IOException {
        return pages.store(tenant, id, version, mediaType, bytes);
    }

    /**
     * Shows how far the pipeline is; never goes back.
     *
     * @param progress 0 to 1
     * @return false if the document was deleted or is at another version, so that the work can end
     */
    public boolean progress(TenantId tenant, DocumentId id, int version, double progress) {
        return publish(tenant, id, () -> documents.progress(tenant, id, version, progress));
    }

    /** As {@link #progress}, where one step ends and the next begins, which goes at another pace. */
    public boolean nextStep(TenantId tenant, DocumentId id, int version, double progress) {
        return publish(tenant, id, () -> {
            boolean wanted = documents.progress(tenant, id, version, progress);
            documents.beginStep(tenant, id, version, clock.instant());
            return wanted;
        });
    }

    /** Whether the document is in the pipeline or before it, at this version; false once it was cancelled, deleted or replaced. */
    public boolean isUnderWay(TenantId tenant, DocumentId id, int version) {
        return transactions.call(tenant, () -> documents.isUnderWay(tenant, id, version));
    }

    /** Removes vectors that were stored for a document which is not wanted any more, as far as no chunk uses them. */
    public void dropUnused(TenantId tenant, Collection<String> textHashes) {
        transactions.run(tenant, () -> {
            documents.lock(tenant);
            embeddings.deleteUnused(tenant, textHashes);
        });
    }

    /** Those of the texts, by {@link NewChunk#textHash}, that this model has embedded for the tenant already. */
    public Set<String> knownEmbeddings(TenantId tenant, String model, Collection<String> textHashes) {
        return textHashes.isEmpty()
                ? Set.of()
                : transactions.call(tenant, () -> embeddings.known(tenant, model, textHashes));
    }

    /** Keeps vectors by {@link NewChunk#textHash}; one that is there already stays. */
    public void storeEmbeddings(TenantId tenant, String model, Map<String, float[]> vectors) {
        transactions.run(tenant, () -> embeddings.store(tenant, model, vectors));
    }

    /** Texts of the tenant's passages that a model has no vector of, by {@link NewChunk#textHash}; so many at most. */
    public Map<String, String> textsWithoutVector(TenantId tenant, String model, int limit) {
        return transactions.call(tenant, () -> chunks.textsWithoutVector(tenant, model, limit));
    }

    /** How many texts the tenant's passages have, and how many of them a model has embedded. */
    public EmbeddedTexts embeddedTexts(TenantId tenant, String model) {
        return transactions.call(tenant, () -> chunks.countTexts(tenant, model));
    }

    /** Removes the vectors of all models but one. */
    public void keepEmbeddings(TenantId tenant, String model) {
        transactions.run(tenant, () -> embeddings.deleteOthers(tenant, model));
    }

    /**
     * Replaces all chunks of a document at once; what people changed in them stays, see {@link Rereading}.
     *
     * @param model whose vectors all chunks must have
     */
    public Completion complete(
            TenantId tenant,
            DocumentId id,
            int version,
            DocumentFindings found,
            String model,
            List<NewChunk> newChunks) {
        Set<String> texts = newChunks.stream().map(NewChunk::textHash).collect(Collectors.toSet());
        return transactions.call(tenant, () -> {
            documents.lock(tenant);
            if (!documents.setOutcome(tenant, id, version, found)) {
                embeddings.deleteUnused(tenant, texts);
                return new Completion.Superseded();
            }
            Set<String> missing = new HashSet<>(texts);
            missing.removeAll(embeddings.known(tenant, model, texts));
            if (!missing.isEmpty()) {
                return new Completion.Incomplete(missing);
            }
            List<ChunkRow> merged = Rereading.merge(chunks.rows(tenant, id), newChunks);
            Set<String> replaced =
                    chunks.replace(tenant, documents.find(tenant, id).orElseThrow(), merged);
            documents.countChunks(tenant, id);
            embeddings.deleteUnused(tenant, replaced);
            return new Completion.Stored();
        });
    }

    /** The language that a document's words are analysed in, ISO 639-1; empty if there is no such document. */
    public Optional<String> language(TenantId tenant, DocumentId id) {
        return transactions.call(tenant, () -> documents.language(tenant, id));
    }

    /** How many changes by hand a document has seen; empty if the index has them all, or there is no such document. */
    public Optional<Integer> editsToIndex(TenantId tenant, DocumentId id) {
        return transactions.call(tenant, () -> documents.editsToIndex(tenant, id));
    }

    /** @param edits that the index has now, as {@link #editsToIndex} said before its chunks were read */
    public void markIndexed(TenantId tenant, DocumentId id, int edits) {
        transactions.run(tenant, () -> documents.markIndexed(tenant, id, edits));
    }

    /** Lets the chunks be found; call it when the index has them. */
    public boolean markReady(TenantId tenant, DocumentId id, int version) {
        return publish(tenant, id, () -> documents.moveOn(tenant, id, version, DocumentStatus.READY, null));
    }

    /** @param reason for people, a whole sentence */
    public boolean fail(TenantId tenant, DocumentId id, int version, String reason) {
        String shown = Texts.withoutNul(reason);
        return publish(tenant, id, () -> documents.moveOn(tenant, id, version, DocumentStatus.FAILED, shown));
    }

    /**
     * A document's chunks that answers may use, with their vectors, in document order; empty if there is no such document.
     *
     * @param model whose vectors are wanted
     */
    public List<EmbeddedChunk> embeddedChunks(TenantId tenant, DocumentId id, String model) {
        return transactions.call(tenant, () -> chunks.listEmbedded(tenant, id, model));
    }

    /** All documents that are ready, to build an index of them with {@link #embeddedChunks}. */
    public Slice<Document> readyDocuments(TenantId tenant, PageRequest page) {
        List<Document> rows = transactions.call(tenant, () -> documents.listReady(tenant, page));
        return Slice.cut(rows, page.limit(), document -> document.id().toString());
    }

    private boolean publish(TenantId tenant, DocumentId id, BooleanSupplier change) {
        @Nullable
        Document document = transactions.call(
                tenant, () -> change.getAsBoolean() ? documents.find(tenant, id).orElse(null) : null);
        if (document == null) {
            return false;
        }
        changed(tenant, document);
        return true;
    }

    private void changed(TenantId tenant, Document document) {
        events.afterCommit(new DocumentChanged(tenant, document.knowledgeBase(), document.id()));
    }
}
