package io.switchboard.knowledge;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ChunkRow.Proposal;
import io.switchboard.knowledge.ChunkService.Choice;
import io.switchboard.knowledge.ChunkService.Wish;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes of chunks by people, each with its entry in the audit. Callers are inside a tenant's transaction. */
@Component
class ChunkEdits {

    private final DocumentRows rows;
    private final PassageText texts;
    private final AuditService audit;
    private final KnowledgeEvents events;
    private final Clock clock;

    ChunkEdits(DocumentRows rows, PassageText texts, AuditService audit, KnowledgeEvents events, Clock clock) {
        this.rows = rows;
        this.texts = texts;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What is to become of a chunk. */
    private sealed interface Step {

        record Put(ChunkRow row, String deed) implements Step {}

        record Drop(String deed) implements Step {}

        record Refuse(String reason) implements Step {}
    }

    ChunkChange change(TenantId tenant, DocumentId document, ChunkId chunk, int revision, Wish wish) {
        return step(tenant, document, chunk, revision, (row, kind) -> changed(row, kind, wish));
    }

    ChunkChange undo(TenantId tenant, DocumentId document, ChunkId chunk, int revision) {
        return step(tenant, document, chunk, revision, (row, kind) -> undone(row));
    }

    ChunkChange remove(TenantId tenant, DocumentId document, ChunkId chunk, int revision) {
        return step(
                tenant,
                document,
                chunk,
                revision,
                (row, kind) -> row.byHand()
                        ? new Step.Drop("deleted")
                        : new Step.Refuse("The document has this passage; switch it off instead."));
    }

    ChunkChange add(TenantId tenant, DocumentId id, @Nullable ChunkId after, String typed) {
        Document document = rows.lock(tenant, id).orElse(null);
        if (document == null) {
            return new ChunkChange.Unknown();
        }
        List<ChunkRow> all = new ArrayList<>(rows.all(tenant, id));
        int place = after == null ? -1 : indexOf(all, after);
        if (after != null && place < 0) {
            return new ChunkChange.Unknown();
        }
        if (all.isEmpty()) {
            return new ChunkChange.Refused("A passage can be added once the document is ready.");
        }
        List<String> headings = place < 0
                ? all.getFirst().headingPath().stream().limit(1).toList()
                : all.get(place).headingPath();
        return switch (texts.check(headings, typed, document.kind())) {
            case PassageText.Unfit(String reason) -> new ChunkChange.Refused(reason);
            case PassageText.Fit(String text, int tokens) -> {
                ChunkRow added = ChunkRow.byHand(headings, text, tokens, now());
                all.add(place + 1, added);
                yield stored(tenant, document, all, added.id(), "added");
            }
        };
    }

    private interface Deed {

        Step of(ChunkRow row, DocumentKind kind);
    }

    private ChunkChange step(TenantId tenant, DocumentId id, ChunkId chunk, int revision, Deed deed) {
        Document document = rows.lock(tenant, id).orElse(null);
        List<ChunkRow> all = document == null ? List.of() : new ArrayList<>(rows.all(tenant, id));
        int index = indexOf(all, chunk);
        if (document == null || index < 0) {
            return new ChunkChange.Unknown();
        }
        ChunkRow row = all.get(index);
        if (row.revision() != revision) {
            return new ChunkChange.Stale(rows.find(tenant, id, chunk));
        }
        return switch (deed.of(row, document.kind())) {
            case Step.Refuse(String reason) -> new ChunkChange.Refused(reason);
            case Step.Drop(String what) -> {
                all.remove(index);
                yield stored(tenant, document, all, chunk, what);
            }
            case Step.Put(ChunkRow next, String _)
            when next.equals(row) -> new ChunkChange.Saved(rows.find(tenant, id, chunk));
            case Step.Put(ChunkRow next, String what) -> {
                all.set(index, next.changedAt(now()));
                yield stored(tenant, document, all, chunk, what);
            }
        };
    }

    private Step changed(ChunkRow row, DocumentKind kind, Wish wish) {
        ChunkRow next = row;
        List<String> deeds = new ArrayList<>();
        if (wish.choice() != null && row.conflict() != null) {
            if (row.proposal() == null && wish.choice() == Choice.TAKE_NEW) {
                return new Step.Drop("let go");
            }
            next = chosen(row, wish.choice());
            deeds.add(wish.choice() == Choice.KEEP_MINE ? "kept over the document" : "took from the document");
        }
        if (wish.text() != null) {
            switch (texts.check(next.headingPath(), wish.text(), kind)) {
                case PassageText.Unfit(String reason) -> {
                    return new Step.Refuse(reason);
                }
                case PassageText.Fit(String text, int tokens) -> {
                    if (!text.equals(next.text())) {
                        next = next.withText(text, tokens);
                        deeds.add("edited");
                    }
                }
            }
        }
        if (wish.enabled() != null && wish.enabled() != next.enabled()) {
            next = next.withEnabled(wish.enabled());
            deeds.add(wish.enabled() ? "switched on" : "switched off");
        }
        return new Step.Put(next, String.join(", ", deeds));
    }

    private ChunkRow chosen(ChunkRow row, Choice choice) {
        Proposal proposal = row.proposal();
        if (proposal == null) {
            return row.keptByHand();
        }
        int tokens = texts.tokens(proposal.text());
        return choice == Choice.KEEP_MINE
                ? row.keptOver(proposal, tokens)
                : row.replacedBy(proposal.headingPath(), proposal.text(), tokens);
    }

    private Step undone(ChunkRow row) {
        if (row.conflict() != null) {
            return new Step.Refuse("The document has changed here; choose which text stands.");
        }
        if (row.byHand()) {
            return new Step.Refuse("The document does not have this passage; delete it instead.");
        }
        return new Step.Put(
                row.edited() ? row.withText(row.base(), texts.tokens(row.base())) : row, "undid the edit of");
    }

    private ChunkChange stored(TenantId tenant, Document document, List<ChunkRow> all, ChunkId chunk, String deed) {
        int edits = rows.replace(tenant, document, all);
        audit.record(tenant, deed, "passage", chunk.value(), document.name());
        events.now(new ChunksEdited(tenant, document.id(), edits));
        events.afterCommit(new DocumentChanged(tenant, document.knowledgeBase(), document.id()));
        return all.stream().anyMatch(row -> row.id().equals(chunk))
                ? new ChunkChange.Saved(rows.find(tenant, document.id(), chunk))
                : new ChunkChange.Removed();
    }

    private static int indexOf(List<ChunkRow> all, ChunkId chunk) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(chunk))
                .findFirst()
                .orElse(-1);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
