package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.knowledge.ChunkChange;
import io.switchboard.knowledge.ChunkConflict;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.ChunkService.Choice;
import io.switchboard.knowledge.ChunkService.Wish;
import io.switchboard.knowledge.EditableChunk;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Original;
import io.switchboard.knowledge.OriginalService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The passages of a document: as answers use them, as the document has them, and what people changed. */
@RestController
@RequestMapping("/api/v1/documents/{id}/chunks")
class ChunkController {

    private static final int MAX_TEXT = 20_000;

    private final KnowledgeService knowledge;
    private final ChunkService chunks;
    private final OriginalService originals;

    ChunkController(KnowledgeService knowledge, ChunkService chunks, OriginalService originals) {
        this.knowledge = knowledge;
        this.chunks = chunks;
        this.originals = originals;
    }

    /** @param after the passage it comes after; null: before all */
    record NewPassage(
            @NotBlank @Size(max = MAX_TEXT) String text,
            @Nullable UUID after) {}

    /**
     * A change; what is absent stays.
     *
     * @param revision of the passage as it was read; another one since is a conflict (409)
     * @param undo gives it the text back that the document has; goes with nothing else
     * @param choice ends a conflict with the document
     */
    record Change(
            @NotNull Integer revision,
            @Nullable @Size(max = MAX_TEXT) String text,
            @Nullable Boolean enabled,
            @Nullable Boolean undo,
            @Nullable Choice choice) {}

    /**
     * A passage.
     *
     * @param origin {@code DOCUMENT}, or {@code HAND} for one that a person added or kept
     * @param original what the document says, where a person changed the text; else null
     * @param conflict null while the document says under a change what it said before
     */
    record ChunkResponse(
            UUID id,
            int ordinal,
            List<String> headingPath,
            String text,
            int tokens,
            String origin,
            boolean enabled,
            boolean edited,
            @Nullable String original,
            @Nullable ConflictResponse conflict,
            int revision,
            @Nullable Instant editedAt) {

        static ChunkResponse of(EditableChunk editable) {
            return new ChunkResponse(
                    editable.chunk().id().value(),
                    editable.chunk().ordinal(),
                    editable.chunk().headingPath(),
                    editable.chunk().text(),
                    editable.chunk().tokens(),
                    editable.byHand() ? "HAND" : "DOCUMENT",
                    editable.enabled(),
                    editable.edited(),
                    editable.edited() ? editable.original() : null,
                    ConflictResponse.of(editable.conflict()),
                    editable.revision(),
                    editable.editedAt());
        }
    }

    /**
     * What became of the document's own text.
     *
     * @param kind {@code CHANGED} or {@code VANISHED}
     * @param text what the document says now; null if it has lost the passage
     */
    record ConflictResponse(
            String kind,
            @Nullable List<String> headingPath,
            @Nullable String text) {

        static @Nullable ConflictResponse of(@Nullable ChunkConflict conflict) {
            return switch (conflict) {
                case null -> null;
                case ChunkConflict.Changed(List<String> headings, String text) ->
                    new ConflictResponse("CHANGED", headings, text);
                case ChunkConflict.Vanished() -> new ConflictResponse("VANISHED", null, null);
            };
        }
    }

    @GetMapping
    @Requires(Permission.READ_KNOWLEDGE)
    Slice<ChunkResponse> list(Caller caller, @PathVariable UUID id, @OpaqueCursor("[0-9]{1,9}") PageRequest page) {
        DocumentId document = knowledge
                .findDocument(caller.tenantId(), new DocumentId(id))
                .orElseThrow(() -> ApiProblem.notFound("document"))
                .id();
        return chunks.list(caller.tenantId(), document, page).map(ChunkResponse::of);
    }

    @GetMapping("/{chunk}")
    @Requires(Permission.READ_KNOWLEDGE)
    ChunkResponse find(Caller caller, @PathVariable UUID id, @PathVariable UUID chunk) {
        return chunks.find(caller.tenantId(), new DocumentId(id), new ChunkId(chunk))
                .map(ChunkResponse::of)
                .orElseThrow(ChunkController::unknown);
    }

    /**
     * Where a passage stands: on a page of a PDF, else in the text around it.
     *
     * @param png of the page, in Base64; null where there is the text
     */
    record OriginalResponse(
            @Nullable Integer page,
            @Nullable Integer pages,
            byte @Nullable [] png,
            @Nullable String before,
            @Nullable String passage,
            @Nullable String after) {

        static OriginalResponse of(Original original) {
            return switch (original) {
                case Original.Page(int page, int pages, byte[] png) ->
                    new OriginalResponse(page, pages, png, null, null, null);
                case Original.Text(String before, String passage, String after) ->
                    new OriginalResponse(null, null, null, before, passage, after);
            };
        }
    }

    @GetMapping("/{chunk}/original")
    @Requires(Permission.READ_KNOWLEDGE)
    OriginalResponse original(Caller caller, @PathVariable UUID id, @PathVariable UUID chunk) {
        return originals
                .show(caller.tenantId(), new DocumentId(id), new ChunkId(chunk))
                .map(OriginalResponse::of)
                .orElseThrow(ChunkController::unknown);
    }

    @PostMapping
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<ChunkResponse> add(Caller caller, @PathVariable UUID id, @Valid @RequestBody NewPassage passage) {
        ChunkId after = passage.after() == null ? null : new ChunkId(passage.after());
        ChunkResponse added = saved(chunks.add(caller.tenantId(), new DocumentId(id), after, passage.text()));
        return ResponseEntity.created(URI.create("/api/v1/documents/" + id + "/chunks/" + added.id()))
                .body(added);
    }

    /** 204 if the choice was to let a passage go that the document has lost. */
    @PatchMapping("/{chunk}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<ChunkResponse> change(
            Caller caller, @PathVariable UUID id, @PathVariable UUID chunk, @Valid @RequestBody Change change) {
        ChunkChange outcome = outcome(caller, new DocumentId(id), new ChunkId(chunk), change);
        return outcome instanceof ChunkChange.Removed
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok(saved(outcome));
    }

    private ChunkChange outcome(Caller caller, DocumentId document, ChunkId chunk, Change change) {
        if (!Boolean.TRUE.equals(change.undo())) {
            Wish wish = new Wish(change.text(), change.enabled(), change.choice());
            return chunks.change(caller.tenantId(), document, chunk, change.revision(), wish);
        }
        if (change.text() != null || change.enabled() != null || change.choice() != null) {
            throw ApiProblem.invalid("undo", "goes with nothing else");
        }
        return chunks.undo(caller.tenantId(), document, chunk, change.revision());
    }

    /** Only a passage that a person added. */
    @DeleteMapping("/{chunk}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            Caller caller,
            @PathVariable UUID id,
            @PathVariable UUID chunk,
            @RequestParam(required = false) @Nullable Integer revision) {
        if (revision == null) {
            find(caller, id, chunk); // what does not exist is said first, as everywhere
            throw ApiProblem.invalid("revision", "is missing");
        }
        ChunkChange outcome = chunks.remove(caller.tenantId(), new DocumentId(id), new ChunkId(chunk), revision);
        if (!(outcome instanceof ChunkChange.Removed)) {
            saved(outcome);
        }
    }

    private static ChunkResponse saved(ChunkChange change) {
        return switch (change) {
            case ChunkChange.Saved(EditableChunk chunk) -> ChunkResponse.of(chunk);
            case ChunkChange.Removed() -> throw new IllegalStateException("a removed passage has no body");
            case ChunkChange.Unknown() -> throw unknown();
            case ChunkChange.Stale(EditableChunk current) ->
                throw ApiProblem.conflict(
                        "revision",
                        "Somebody else has changed the passage; it is at revision " + current.revision() + " now.");
            case ChunkChange.Refused(String reason) -> throw ApiProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, reason);
        };
    }

    private static ApiProblem unknown() {
        return ApiProblem.notFound("passage");
    }
}
