package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.PassageState;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.WhyNot.Place;
import io.switchboard.retrieval.WhyNot.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what became of a passage that somebody expected, from the trace of the very search and, where that ends, from what is stored. */
@Component
class Explaining {

    private final KnowledgeService knowledge;
    private final Candidates candidates;

    Explaining(KnowledgeService knowledge, Candidates candidates) {
        this.knowledge = knowledge;
        this.candidates = candidates;
    }

    /** Null if no passage was expected. */
    @Nullable
    WhyNot withoutSearch(TenantId tenant, SearchRequest request) {
        ChunkId chunk = request.expected();
        if (chunk == null) {
            return null;
        }
        Verdict verdict = knowledge.passageState(tenant, chunk).isEmpty() ? Verdict.UNKNOWN : Verdict.ELSEWHERE;
        return new WhyNot(chunk, verdict, null, null, null);
    }

    /** Null if no passage was expected. */
    @Nullable
    WhyNot explain(
            TenantId tenant,
            SearchRequest request,
            Searched where,
            Optional<QuestionVectors> asked,
            List<Candidate> trace) {
        ChunkId chunk = request.expected();
        if (chunk == null) {
            return null;
        }
        Set<KnowledgeBaseId> all = where.knowledgeBases();
        List<Hit> dense = asked.map(question -> candidates.deepDense(tenant, all, question.inContext()))
                .orElse(List.of());
        Place densePlace = place(dense, chunk);
        Place lexicalPlace = place(candidates.deepLexical(tenant, where, request), chunk);
        Candidate candidate = trace.stream()
                .filter(each -> each.chunk().equals(chunk))
                .findFirst()
                .orElse(null);
        boolean indexed = densePlace != null || lexicalPlace != null || dense.size() >= Candidates.DEEPEST;
        return new WhyNot(
                chunk, verdict(tenant, request, all, candidate, indexed), densePlace, lexicalPlace, candidate);
    }

    private Verdict verdict(
            TenantId tenant,
            SearchRequest request,
            Set<KnowledgeBaseId> searched,
            @Nullable Candidate candidate,
            boolean indexed) {
        ChunkId chunk = Objects.requireNonNull(request.expected());
        PassageState state = knowledge.passageState(tenant, chunk).orElse(null);
        if (state == null) {
            return Verdict.UNKNOWN;
        }
        if (!searched.contains(state.knowledgeBase())) {
            return outside(request, state);
        }
        if (!state.enabled()) {
            return Verdict.SWITCHED_OFF;
        }
        if (!state.served()) {
            return Verdict.NOT_READY;
        }
        if (candidate != null) {
            return switch (candidate.fate()) {
                case PACKED -> Verdict.PACKED;
                case OVER_BUDGET -> Verdict.OVER_BUDGET;
                case DUPLICATE -> Verdict.DUPLICATE;
                case BEYOND_LIMIT -> Verdict.BEYOND_LIMIT;
                case NOT_READY -> Verdict.NOT_READY;
            };
        }
        if (knowledge.fitting(tenant, request.filter(), Set.of(chunk)).isEmpty()) {
            return Verdict.FILTERED_OUT;
        }
        return indexed ? Verdict.TOO_FAR : Verdict.NOT_INDEXED;
    }

    /** A knowledge base in another language than the filter's was asked for, and still not searched. */
    private static Verdict outside(SearchRequest request, PassageState state) {
        return request.knowledgeBases().contains(state.knowledgeBase()) ? Verdict.FILTERED_OUT : Verdict.ELSEWHERE;
    }

    private static @Nullable Place place(List<Hit> hits, ChunkId chunk) {
        for (int i = 0; i < hits.size(); i++) {
            if (hits.get(i).chunk().equals(chunk)) {
                return new Place(i + 1, hits.get(i).score());
            }
        }
        return null;
    }
}
