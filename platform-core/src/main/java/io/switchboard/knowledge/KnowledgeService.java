package io.switchboard.knowledge;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Knowledge bases and documents of a tenant. */
@Service
public class KnowledgeService {

    private final TenantTransactions transactions;
    private final KnowledgeBaseCatalog catalog;
    private final Documents documents;
    private final Chunks chunks;
    private final DocumentStore store;
    private final DocumentControl control;
    private final AuditService audit;
    private final KnowledgeEvents events;
    private final Clock clock;

    KnowledgeService(
            TenantTransactions transactions,
            KnowledgeBaseCatalog catalog,
            Documents documents,
            Chunks chunks,
            DocumentStore store,
            DocumentControl control,
            AuditService audit,
            KnowledgeEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.documents = documents;
        this.chunks = chunks;
        this.store = store;
        this.control = control;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Creates an empty knowledge base.
     *
     * @param name 1 to 120 characters; two may have the same
     * @param language ISO 639-1 code
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public KnowledgeBase createKnowledgeBase(TenantId tenant, String name, String language) {
        return transactions.call(tenant, () -> {
            KnowledgeBase created = catalog.create(name, language);
            audit.record(tenant, "created", "knowledge base", created.id().value(), created.name());
            return created;
        });
    }

    /** Oldest first. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<KnowledgeBase> knowledgeBases(TenantId tenant, PageRequest page) {
        return transactions.call(tenant, () -> catalog.list(tenant, page));
    }

    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<KnowledgeBase> findKnowledgeBase(TenantId tenant, KnowledgeBaseId id) {
        return transactions.call(tenant, () -> catalog.find(tenant, id));
    }

    /**
     * Stores a file and queues it for the pipeline. The bytes are stored before the row, so an accepted document is never without them.
     * A file without bytes is accepted too and fails in the pipeline, where its reason is shown. Content that the knowledge base has
     * already is not stored again: its document is returned, and processed once more if it had failed. A file whose name the knowledge
     * base has already takes that document's place: it stays the same document, with what people changed in its chunks, and answers
     * come from what it said before until the new text is ready.
     *
     * @param name as the uploader calls it; used for display only, never as a path
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public DocumentAddition addFile(
            TenantId tenant, KnowledgeBaseId knowledgeBase, String name, String mediaType, InputStream content)
            throws IOException {
        return recorded(tenant, store.addFile(tenant, knowledgeBase, name, mediaType, content));
    }

    /**
     * Queues a page of a web site, to be fetched and read. An address that the knowledge base has already is fetched anew: its document
     * stays the same, and answers come from what it said before until the new text is ready.
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public DocumentAddition addPage(TenantId tenant, KnowledgeBaseId knowledgeBase, WebAddress page) {
        return recorded(tenant, store.addPage(tenant, knowledgeBase, page));
    }

    /** Stores a question-and-answer pair and queues it for the pipeline. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public DocumentAddition addFaq(TenantId tenant, KnowledgeBaseId knowledgeBase, String question, String answer) {
        return recorded(tenant, store.addFaq(tenant, knowledgeBase, question, answer));
    }

    private DocumentAddition recorded(TenantId tenant, DocumentAddition addition) {
        if (addition instanceof DocumentAddition.Added(Document document)) {
            audit.record(tenant, "added", "document", document.id().value(), document.name());
        }
        return addition;
    }

    /** Newest first. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<Document> documents(TenantId tenant, KnowledgeBaseId knowledgeBase, PageRequest page) {
        List<Document> rows = transactions.call(tenant, () -> documents.list(tenant, knowledgeBase, page));
        return Slice.cut(rows, page.limit(), document -> document.id().toString());
    }

    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<Document> findDocument(TenantId tenant, DocumentId id) {
        return transactions.call(tenant, () -> documents.find(tenant, id));
    }

    /** Those that hold no longer, newest first. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<Document> expiredDocuments(TenantId tenant, KnowledgeBaseId knowledgeBase, PageRequest page) {
        List<Document> rows =
                transactions.call(tenant, () -> documents.listExpired(tenant, knowledgeBase, clock.instant(), page));
        return Slice.cut(rows, page.limit(), document -> document.id().toString());
    }

    /**
     * Says who answers for a document and until when it holds; from then on it is in no answer, until it is extended. Empty if there is no
     * such document.
     *
     * @param owner 1 to 120 characters; null for nobody
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Document> changeValidity(
            TenantId tenant, DocumentId id, @Nullable String owner, @Nullable Instant validUntil) {
        Instant until = validUntil == null ? null : validUntil.truncatedTo(ChronoUnit.MICROS);
        return transactions.call(tenant, () -> {
            if (!documents.setValidity(tenant, id, owner == null ? null : Texts.withoutNul(owner), until)) {
                return Optional.<Document>empty();
            }
            Document changed = documents.find(tenant, id).orElseThrow();
            audit.record(tenant, "changed", "document", id.value(), changed.name());
            events.now(new ValidityChanged(tenant, id, until));
            events.afterCommit(new DocumentChanged(tenant, changed.knowledgeBase(), id));
            return Optional.of(changed);
        });
    }

    /** Chunks in document order. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<Chunk> chunks(TenantId tenant, DocumentId document, PageRequest page) {
        int after = page.after() == null ? -1 : Integer.parseInt(page.after());
        List<Chunk> rows = transactions.call(
                tenant,
                () -> chunks.list(tenant, document, after, page.limit() + 1).stream()
                        .map(EditableChunk::chunk)
                        .toList());
        return Slice.cut(rows, page.limit(), chunk -> Integer.toString(chunk.ordinal()));
    }

    /** Those of the chunks that belong to a document that is ready, in no order; the others are left out. */
    @Requires(Permission.READ_KNOWLEDGE)
    public List<ChunkWithSource> chunksById(TenantId tenant, Collection<ChunkId> ids) {
        return ids.isEmpty() ? List.of() : transactions.call(tenant, () -> chunks.findReady(tenant, ids));
    }

    /** Languages that documents of a knowledge base are in, its own among them; empty if there is no such knowledge base. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Set<String> languages(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        return transactions.call(tenant, () -> documents.languages(tenant, knowledgeBase));
    }

    /** Those of the chunks whose documents pass a filter. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Set<ChunkId> fitting(TenantId tenant, DocumentFilter filter, Collection<ChunkId> ids) {
        return ids.isEmpty() ? Set.of() : transactions.call(tenant, () -> chunks.fitting(tenant, filter, ids));
    }

    /** Whether answers can use a passage; empty if there is no such passage. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<PassageState> passageState(TenantId tenant, ChunkId id) {
        return transactions.call(tenant, () -> chunks.state(tenant, id));
    }

    /** The passage of a knowledge base that holds a text, however its lines are broken; the first of several. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<ChunkId> findPassage(TenantId tenant, KnowledgeBaseId knowledgeBase, String text) {
        return text.isBlank()
                ? Optional.empty()
                : transactions.call(tenant, () -> chunks.findByText(tenant, knowledgeBase, text));
    }

    /**
     * Sorts a document by words of the tenant's own.
     *
     * @param tags at most 20 of 40 characters; kept in small letters, each once
     * @return the document as it is now; empty if there is none
     * @throws IllegalArgumentException with a sentence for people, if there are too many or too long ones
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Document> tag(TenantId tenant, DocumentId id, Collection<String> tags) {
        List<String> clean = Tags.of(tags);
        return transactions.call(tenant, () -> {
            if (!documents.tag(tenant, id, clean)) {
                return Optional.empty();
            }
            audit.record(tenant, "tagged", "document", id.value(), String.join(", ", clean));
            return documents.find(tenant, id);
        });
    }

    /** Every tag that a document of the knowledge base has, sorted. */
    @Requires(Permission.READ_KNOWLEDGE)
    public List<String> tags(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        return transactions.call(tenant, () -> documents.tags(tenant, knowledgeBase));
    }

    /**
     * Stops the reading of a document that waits or is being read. It becomes FAILED at once, and what the pipeline is at ends within
     * seconds and leaves nothing behind.
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public DocumentSteering cancelDocument(TenantId tenant, DocumentId id) {
        return recorded(tenant, "cancelled", control.cancel(tenant, id));
    }

    /** Sends a document that failed through the pipeline once more, with the bytes that are there. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public DocumentSteering retryDocument(TenantId tenant, DocumentId id) {
        return recorded(tenant, "retried", control.retry(tenant, id));
    }

    private DocumentSteering recorded(TenantId tenant, String action, DocumentSteering outcome) {
        if (outcome instanceof DocumentSteering.Done(Document document)) {
            audit.record(tenant, action, "document", document.id().value(), document.name());
        }
        return outcome;
    }

    /** Removes bytes and rows at once, and the vectors with {@link DocumentRemoved}; false if there is no such document. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public boolean deleteDocument(TenantId tenant, DocumentId id) {
        boolean deleted = store.delete(tenant, id);
        if (deleted) {
            audit.record(tenant, "deleted", "document", id.value(), null);
        }
        return deleted;
    }
}
