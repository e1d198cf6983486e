package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The passages of a document, and what people do to them: correct one, switch it off, add one. What they did outlives the next reading of
 * the document. Whoever changes a passage names the revision they saw, so that nobody overwrites what they do not know of.
 */
@Service
public class ChunkService {

    private final TenantTransactions transactions;
    private final Chunks chunks;
    private final ChunkEdits edits;
    private final KnowledgeEvents events;

    ChunkService(TenantTransactions transactions, Chunks chunks, ChunkEdits edits, KnowledgeEvents events) {
        this.transactions = transactions;
        this.chunks = chunks;
        this.edits = edits;
        this.events = events;
    }

    /** How a conflict ends. */
    public enum Choice {
        /** The person's version stands. */
        KEEP_MINE,
        /** What the document says now stands; nothing, if it has lost the passage. */
        TAKE_NEW
    }

    /**
     * What is to be changed; null leaves as it is.
     *
     * @param text up to what the embedding model reads at once
     * @param enabled whether answers may use it
     * @param choice ends a conflict, before the others take effect
     */
    public record Wish(
            @Nullable String text,
            @Nullable Boolean enabled,
            @Nullable Choice choice) {

        public static Wish text(String text) {
            return new Wish(text, null, null);
        }

        public static Wish enabled(boolean enabled) {
            return new Wish(null, enabled, null);
        }

        public static Wish choice(Choice choice) {
            return new Wish(null, null, choice);
        }
    }

    /** In document order. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<EditableChunk> list(TenantId tenant, DocumentId document, PageRequest page) {
        int after = page.after() == null ? -1 : Integer.parseInt(page.after());
        List<EditableChunk> rows =
                transactions.call(tenant, () -> chunks.list(tenant, document, after, page.limit() + 1));
        return Slice.cut(
                rows,
                page.limit(),
                editable -> Integer.toString(editable.chunk().ordinal()));
    }

    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<EditableChunk> find(TenantId tenant, DocumentId document, ChunkId chunk) {
        return transactions.call(tenant, () -> chunks.find(tenant, document, chunk));
    }

    /** Passages whose document says something else now than when a person changed them. */
    @Requires(Permission.READ_KNOWLEDGE)
    public long conflicts(TenantId tenant, DocumentId document) {
        return transactions.call(tenant, () -> chunks.countConflicts(tenant, document));
    }

    /** @param revision of the passage when the person looked at it */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public ChunkChange change(TenantId tenant, DocumentId document, ChunkId chunk, int revision, Wish wish) {
        return indexed(
                tenant,
                document,
                transactions.call(tenant, () -> edits.change(tenant, document, chunk, revision, wish)));
    }

    /** Gives a passage the text back that the document has. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public ChunkChange undo(TenantId tenant, DocumentId document, ChunkId chunk, int revision) {
        return indexed(
                tenant, document, transactions.call(tenant, () -> edits.undo(tenant, document, chunk, revision)));
    }

    /**
     * Adds a passage that the document does not have.
     *
     * @param after the passage it comes after, whose headings it shares; null: before all
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public ChunkChange add(TenantId tenant, DocumentId document, @Nullable ChunkId after, String text) {
        return indexed(tenant, document, transactions.call(tenant, () -> edits.add(tenant, document, after, text)));
    }

    /** Removes a passage that a person added; those of the document are switched off instead. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public ChunkChange remove(TenantId tenant, DocumentId document, ChunkId chunk, int revision) {
        return indexed(
                tenant, document, transactions.call(tenant, () -> edits.remove(tenant, document, chunk, revision)));
    }

    private ChunkChange indexed(TenantId tenant, DocumentId document, ChunkChange change) {
        if (change instanceof ChunkChange.Saved || change instanceof ChunkChange.Removed) {
            events.afterCommit(new ChunksToIndex(tenant, document));
        }
        return change;
    }
}
