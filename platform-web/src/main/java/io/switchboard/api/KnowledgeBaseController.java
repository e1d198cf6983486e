package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.retrieval.SearchResult;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
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

    /** @param limit passages at most; null: 5 */
    record Search(
            @NotBlank @Size(max = 2000) String query,
            @Nullable @Min(1) @Max(50) Integer limit) {}

    record SearchResponse(List<FoundPassage> passages, Timings timings) {

        static SearchResponse of(SearchResult result) {
            return new SearchResponse(
                    result.passages().stream().map(FoundPassage::of).toList(),
                    new Timings(result.embedding().toMillis(), result.search().toMillis()));
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
        int limit = search.limit() == null ? DEFAULT_PASSAGES : search.limit();
        return SearchResponse.of(retrieval.search(
                caller.tenantId(),
                new SearchRequest(Set.of(base), search.query().strip(), List.of(), limit)));
    }

    private KnowledgeBase existing(Caller caller, UUID id) {
        return knowledge
                .findKnowledgeBase(caller.tenantId(), new KnowledgeBaseId(id))
                .orElseThrow(() -> ApiProblem.notFound("knowledge base"));
    }
}
