package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.knowledge.DocumentFilter;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.retrieval.Candidate;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.retrieval.SearchResult;
import io.switchboard.retrieval.WhyNot;
import io.switchboard.retrieval.WhyNot.Place;
import io.switchboard.retrieval.WhyNot.Verdict;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Knowledge bases and what retrieval finds in them. */
@RestController
@RequestMapping("/api/v1/knowledge-bases")
class KnowledgeBaseController {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final String DEFAULT_LANGUAGE = "en";
    private static final int DEFAULT_PASSAGES = 5;

    private final KnowledgeService knowledge;
    private final RetrievalService retrieval;

    KnowledgeBaseController(KnowledgeService knowledge, RetrievalService retrieval) {
        this.knowledge = knowledge;
        this.retrieval = retrieval;
    }

    /** @param language ISO 639-1 code; null: English */
    record NewKnowledgeBase(
            @NotBlank @Size(max = 120) String name,
            @Nullable String language) {}

    record KnowledgeBaseResponse(UUID id, String name, String language, long documents, Instant createdAt) {

        static KnowledgeBaseResponse of(KnowledgeBase base) {
            return new KnowledgeBaseResponse(
                    base.id().value(), base.name(), base.language(), base.documents(), base.createdAt());
        }
    }

    /**
     * What to look for.
     *
     * @param limit passages at most; null: 5
     * @param previousQuestions what the same person asked before, oldest first; null: nothing
     * @param expect id of a passage whose fate the response explains; null: none
     * @param filter which documents may speak; null: all
     */
    record Search(
            @NotBlank @Size(max = 2000) String query,
            @Nullable @Min(1) @Max(50) Integer limit,
            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 2000) String> previousQuestions,
            @Nullable UUID expect,
            @Nullable @Valid Filter filter) {

        SearchRequest in(KnowledgeBaseId base) {
            return new SearchRequest(
                    Set.of(base),
                    query.strip(),
                    previousQuestions == null ? List.of() : previousQuestions,
                    limit == null ? DEFAULT_PASSAGES : limit,
                    filter == null ? DocumentFilter.NONE : filter.documents(),
                    expect == null ? null : new ChunkId(expect));
        }
    }

    /**
     * All conditions must hold; what is absent holds for all.
     *
     * @param tags documents with at least one of them
     * @param language of the knowledge base, ISO 639-1
     */
    record Filter(
            @Nullable @Size(max = 100) List<@NotNull UUID> documentIds,
            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 40) String> tags,
            @Nullable String language,
            @Nullable Instant addedSince,
            @Nullable Instant addedBefore) {

        DocumentFilter documents() {
            return new DocumentFilter(
                    documentIds == null
                            ? Set.of()
                            : documentIds.stream().map(DocumentId::new).collect(Collectors.toSet()),
                    tags == null
                            ? Set.of()
                            : tags.stream()
                                    .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.toSet()),
                    language,
                    addedSince,
                    addedBefore);
        }
    }

    /** @param whyNot null unless a passage was expected */
    record SearchResponse(
            List<FoundPassage> passages,
            Timings timings,
            @Nullable Explanation whyNot) {

        static SearchResponse of(SearchResult result) {
            Set<ChunkId> packed = result.contexts().stream()
                    .flatMap(context -> context.parts().stream())
                    .map(Passage::chunk)
                    .collect(Collectors.toSet());
            return new SearchResponse(
                    result.passages().stream()
                            .map(passage -> FoundPassage.of(passage, packed.contains(passage.chunk())))
                            .toList(),
                    new Timings(result.embedding().toMillis(), result.search().toMillis()),
                    Explanation.of(result.whyNot()));
        }
    }

    /**
     * Why the expected passage is among those found, or is not.
     *
     * @param dense its place in the list of vectors; null if it is not there
     * @param lexical its place in the list of words; null if it is not there
     * @param fused its place after both were joined; null if it was no candidate
     * @param sameAs the better passage that says the same, of a duplicate; else null
     */
    record Explanation(
            Verdict verdict,
            @Nullable Place dense,
            @Nullable Place lexical,
            @Nullable Place fused,
            @Nullable UUID sameAs) {

        static @Nullable Explanation of(@Nullable WhyNot why) {
            if (why == null) {
                return null;
            }
            Candidate candidate = why.candidate();
            ChunkId sameAs = candidate == null ? null : candidate.sameAs();
            return new Explanation(
                    why.verdict(),
                    why.dense(),
                    why.lexical(),
                    candidate == null
                            ? null
                            : new Place(candidate.rank(), candidate.scores().fused()),
                    sameAs == null ? null : sameAs.value());
        }
    }

    record Timings(long embeddingMillis, long searchMillis) {}

    @PostMapping
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<KnowledgeBaseResponse> create(Caller caller, @Valid @RequestBody NewKnowledgeBase request) {
        String language = request.language() == null ? DEFAULT_LANGUAGE : request.language();
        if (!LANGUAGES.contains(language)) {
            throw ApiProblem.invalid("language", "is not an ISO 639-1 code such as en");
        }
        KnowledgeBase created = knowledge.createKnowledgeBase(caller.tenantId(), request.name(), language);
        return ResponseEntity.created(URI.create("/api/v1/knowledge-bases/" + created.id()))
                .body(KnowledgeBaseResponse.of(created));
    }

    @GetMapping
    @Requires(Permission.READ_KNOWLEDGE)
    Slice<KnowledgeBaseResponse> list(Caller caller, PageRequest page) {
        return knowledge.knowledgeBases(caller.tenantId(), page).map(KnowledgeBaseResponse::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.READ_KNOWLEDGE)
    KnowledgeBaseResponse find(Caller caller, @PathVariable UUID id) {
        return KnowledgeBaseResponse.of(existing(caller, id));
    }

    /** The same code path as a live answer. */
    @PostMapping("/{id}/search")
    @Requires(Permission.READ_KNOWLEDGE)
    SearchResponse search(Caller caller, @PathVariable UUID id, @Valid @RequestBody Search search) {
        KnowledgeBaseId base = existing(caller, id).id();
        return SearchResponse.of(retrieval.search(caller.tenantId(), search.in(base)));
    }

    private KnowledgeBase existing(Caller caller, UUID id) {
        return knowledge
                .findKnowledgeBase(caller.tenantId(), new KnowledgeBaseId(id))
                .orElseThrow(() -> ApiProblem.notFound("knowledge base"));
    }
}
