package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ChunkWithSource;
import io.switchboard.knowledge.DocumentFilter;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.Fusion.Ranked;
import io.switchboard.tenancy.ShortMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Hybrid search over a tenant's chunks; the one path behind answers, the playground and the search API. */
@Service
public class RetrievalService {

    private static final Logger log = LoggerFactory.getLogger(RetrievalService.class);

    /** Loaded beyond the limit, in place of near-duplicates and of chunks that are not ready. */
    private static final int SPARE = 20;

    /** Best on SciFact and on XQuAD in English (nDCG@10 of 0.978, words alone 0.957). */
    private static final double DENSE_WEIGHT = 0.5;

    /** For languages that the embedding model was not made for: above words alone on XQuAD in German, Spanish and Arabic. */
    private static final double DENSE_WEIGHT_FOREIGN = 0.2;

    /** A tenant's model changes once in months. */
    private static final int MOST_ATTEMPTS = 3;

    private final KnowledgeService knowledge;
    private final IndexingService indexing;
    private final Candidates candidates;
    private final Reranking reranking;
    private final Explaining explaining;
    private final TenantModels models;
    private final TenantEmbedders embedders;
    private final RecentVectors vectors;
    private final Lexicon lexicon;
    private final ShortMemory<KnowledgeBaseId, Set<String>> languages = new ShortMemory<>();

    RetrievalService(
            KnowledgeService knowledge,
            IndexingService indexing,
            Candidates candidates,
            Reranking reranking,
            Explaining explaining,
            TenantModels models,
            TenantEmbedders embedders,
            RecentVectors vectors,
            Lexicon lexicon) {
        this.knowledge = knowledge;
        this.indexing = indexing;
        this.candidates = candidates;
        this.reranking = reranking;
        this.explaining = explaining;
        this.models = models;
        this.embedders = embedders;
        this.vectors = vectors;
        this.lexicon = lexicon;
    }

    /**
     * Knowledge bases that are not the tenant's are left out. Words alone are searched while the embedding model fails, and where nobody
     * can make vectors of the model any more that the tenant's are of.
     */
    @Requires(Permission.READ_KNOWLEDGE)
    public SearchResult search(TenantId tenant, SearchRequest request) {
        indexing.ensureCurrent(tenant);
        for (int attempt = 1; ; attempt++) {
            VectorModel model = models.of(tenant);
            SearchResult result = models.during(tenant, model, () -> search(tenant, request, model));
            // Changed meanwhile: the question's vector may have been compared with those of another model.
            if (models.of(tenant).equals(model) || attempt == MOST_ATTEMPTS) {
                return result;
            }
        }
    }

    private SearchResult search(TenantId tenant, SearchRequest request, VectorModel model) {
        Searched where = searched(tenant, request);
        if (where.knowledgeBases().isEmpty() || request.query().isBlank()) {
            return SearchResult.nothing(explaining.withoutSearch(tenant, request));
        }
        long started = System.nanoTime();
        Optional<Embedder> embedder = embedders.find(model);
        Optional<QuestionVectors> asked = embedder.flatMap(each -> embed(tenant, each, request));
        long embedded = System.nanoTime();
        Set<KnowledgeBaseId> all = where.knowledgeBases();
        List<Hit> dense = asked.map(question -> candidates.dense(tenant, all, request, question.inContext()))
                .orElse(List.of());
        List<Hit> lexical = candidates.lexical(tenant, where, request);
        List<Ranked> ranked =
                Fusion.fuse(dense, lexical, denseWeight(tenant, embedder, where.languages(), dense, lexical));
        int considered = Math.min(request.limit() + SPARE, ranked.size());
        List<Passage> loaded = reranking.order(request.query(), load(tenant, ranked.subList(0, considered)));
        Selection selection = Selection.of(ranked, considered, loaded, dense, lexical, request.limit());
        long searched = System.nanoTime();
        return new SearchResult(
                selection.passages(),
                selection.contexts(),
                selection.trace(),
                explaining.explain(tenant, request, where, asked, selection.trace()),
                asked.map(question -> similarity(tenant, all, request, question, dense))
                        .orElse(0.0),
                coverage(tenant, request.query(), selection.passages()),
                Duration.ofNanos(embedded - started),
                Duration.ofNanos(searched - embedded));
    }

    /**
     * The words of a question that carry meaning, weighted by their rarity among the tenant's chunks.
     *
     * @param language ISO 639-1 code of the texts it is compared with
     */
    @Internal
    public QuestionTerms weigh(TenantId tenant, String language, String question) {
        return lexicon.weigh(tenant, language, question);
    }

    private Searched searched(TenantId tenant, SearchRequest request) {
        String wanted = request.filter().language();
        Set<KnowledgeBaseId> bases = new HashSet<>();
        SortedSet<String> spoken = new TreeSet<>();
        for (KnowledgeBaseId id : request.knowledgeBases()) {
            Set<String> there = languages
                    .get(
                            tenant,
                            id,
                            () -> Optional.of(knowledge.languages(tenant, id)).filter(some -> !some.isEmpty()))
                    .orElse(Set.of());
            if (wanted == null ? !there.isEmpty() : there.contains(wanted)) {
                bases.add(id);
                spoken.addAll(wanted == null ? there : Set.of(wanted));
            }
        }
        return new Searched(bases, spoken);
    }

    private Optional<QuestionVectors> embed(TenantId tenant, Embedder embedder, SearchRequest request) {
        try {
            return Optional.of(
                    QuestionVectors.of(vectors, tenant, embedder, request.query(), request.previousQuestions()));
        } catch (EmbedderException e) {
            log.warn("Question of tenant {} not embedded ({}); searching by words alone", tenant, e.getMessage());
            return Optional.empty();
        }
    }

    /** By the language of each chunk's document: one in a foreign language must not take the vectors' say from all others. */
    private ToDoubleFunction<ChunkId> denseWeight(
            TenantId tenant,
            Optional<Embedder> embedder,
            SortedSet<String> languages,
            List<Hit> dense,
            List<Hit> lexical) {
        List<String> foreign = languages.stream()
                .filter(language ->
                        embedder.filter(each -> each.understands(language)).isEmpty())
                .toList();
        if (foreign.isEmpty()) {
            return chunk -> DENSE_WEIGHT;
        }
        if (foreign.size() == languages.size()) {
            return chunk -> DENSE_WEIGHT_FOREIGN;
        }
        List<ChunkId> found = Stream.concat(dense.stream(), lexical.stream())
                .map(Hit::chunk)
                .distinct()
                .toList();
        Set<ChunkId> strange = new HashSet<>();
        for (String language : foreign) {
            strange.addAll(knowledge.fitting(tenant, DocumentFilter.ofLanguage(language), found));
        }
        return chunk -> strange.contains(chunk) ? DENSE_WEIGHT_FOREIGN : DENSE_WEIGHT;
    }

    /** Of everything that may be searched, whatever the filter: it says whether the question is about these documents at all. */
    private double similarity(
            TenantId tenant,
            Set<KnowledgeBaseId> knowledgeBases,
            SearchRequest request,
            QuestionVectors question,
            List<Hit> dense) {
        List<Hit> hits = question.hasContext() || !request.filter().isEmpty()
                ? candidates.nearest(tenant, knowledgeBases, question.alone())
                : dense;
        return hits.isEmpty() ? 0 : hits.getFirst().score();
    }

    private List<Passage> load(TenantId tenant, List<Ranked> ranked) {
        Map<ChunkId, ChunkWithSource> sources =
                knowledge.chunksById(tenant, ranked.stream().map(Ranked::chunk).toList()).stream()
                        .collect(Collectors.toMap(source -> source.chunk().id(), Function.identity()));
        List<Passage> passages = new ArrayList<>();
        for (Ranked candidate : ranked) {
            ChunkWithSource source = sources.get(candidate.chunk());
            if (source != null) {
                passages.add(passage(source, candidate));
            }
        }
        return passages;
    }

    private static Passage passage(ChunkWithSource source, Ranked ranked) {
        return new Passage(
                source.chunk().id(),
                source.chunk().document(),
                source.documentName(),
                source.documentKind(),
                source.language(),
                source.chunk().ordinal(),
                source.chunk().headingPath(),
                source.chunk().text(),
                source.chunk().tokens(),
                ranked.scores());
    }

    private double coverage(TenantId tenant, String question, List<Passage> passages) {
        Map<String, StringBuilder> texts = new HashMap<>();
        for (Passage passage : passages) {
            texts.computeIfAbsent(passage.language(), _ -> new StringBuilder())
                    .append(passage.textWithHeadings())
                    .append('\n');
        }
        return texts.entrySet().stream()
                .mapToDouble(entry -> lexicon.weigh(tenant, entry.getKey(), question)
                        .coverage(entry.getValue().toString()))
                .max()
                .orElse(0);
    }
}
