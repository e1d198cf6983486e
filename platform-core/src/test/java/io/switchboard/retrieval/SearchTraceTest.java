package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Chunk;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.ChunkService.Wish;
import io.switchboard.knowledge.DocumentFilter;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.retrieval.Candidate.Fate;
import io.switchboard.retrieval.WhyNot.Verdict;
import io.switchboardtest.SwitchboardTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What a search says of itself, and what filters and rerankers make of it. */
@SwitchboardTest
@Import(Library.class)
class SearchTraceTest {

    private static final String OPEN = "The museum is open from Tuesday to Sunday, from ten to six.";
    private static final String DOGS = "Dogs on a lead may enter the garden but not the galleries.";

    @Autowired
    RetrievalService retrieval;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    ChunkService chunks;

    @Autowired
    IndexingService indexing;

    @Autowired
    Candidates candidates;

    @Autowired
    Explaining explaining;

    @Autowired
    Embedder embedder;

    @Autowired
    RecentVectors vectors;

    @Autowired
    TenantModels models;

    @Autowired
    TenantEmbedders embedders;

    @Autowired
    Lexicon lexicon;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void create_a_knowledge_base() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
    }

    @Test
    void tells_the_rank_and_fate_of_every_candidate() {
        library.document(tenant, base, "handbook", OPEN, DOGS);
        library.document(tenant, base, "copy", OPEN + " Welcome!");

        SearchResult found = retrieval.search(tenant, request("When is the museum open?", 1));

        assertThat(found.passages()).hasSize(1);
        assertThat(found.trace()).extracting(Candidate::rank).containsExactly(1, 2, 3);
        assertThat(found.trace())
                .extracting(Candidate::fate)
                .containsExactly(Fate.PACKED, Fate.DUPLICATE, Fate.BEYOND_LIMIT);
        assertThat(found.trace().get(1).sameAs())
                .isEqualTo(found.passages().getFirst().chunk());
        assertThat(found.trace().getFirst().denseRank()).isNotNull();
        assertThat(found.trace().getLast().lexicalRank()).isNull();
        assertThat(found.whyNot()).isNull();
        assertThat(found.contexts())
                .extracting(context -> context.passage().chunk())
                .containsExactly(found.passages().getFirst().chunk());
    }

    @Test
    void says_why_an_expected_passage_is_found_or_not() {
        DocumentId handbook = library.document(tenant, base, "handbook", OPEN, DOGS, "A ticket is twelve euros.");
        DocumentId copy = library.document(tenant, base, "copy", OPEN + " Welcome!");
        KnowledgeBaseId otherBase = library.knowledgeBase(tenant, "en");
        DocumentId elsewhere = library.document(tenant, otherBase, "elsewhere", "Ferries leave at noon.");
        List<Chunk> passages = chunks(handbook);
        ChunkId off = passages.get(2).id();
        chunks.change(tenant, handbook, off, 1, Wish.enabled(false));

        WhyNot packed = whyNot(passages.get(0).id());
        assertThat(packed.verdict()).isEqualTo(Verdict.PACKED);
        assertThat(Objects.requireNonNull(packed.dense()).rank()).isLessThanOrEqualTo(2);
        assertThat(Objects.requireNonNull(packed.lexical()).rank()).isEqualTo(1);
        WhyNot far = whyNot(passages.get(1).id());
        assertThat(far.verdict()).isEqualTo(Verdict.BEYOND_LIMIT);
        assertThat(far.lexical()).isNull();
        assertThat(whyNot(chunks(copy).getFirst().id()).verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(whyNot(off).verdict()).isEqualTo(Verdict.SWITCHED_OFF);
        assertThat(whyNot(chunks(elsewhere).getFirst().id()).verdict()).isEqualTo(Verdict.ELSEWHERE);
        assertThat(whyNot(ChunkId.next()).verdict()).isEqualTo(Verdict.UNKNOWN);
        indexing.forget(tenant, copy);
        assertThat(whyNot(chunks(copy).getFirst().id()).verdict()).isEqualTo(Verdict.NOT_INDEXED);
        assertThat(knowledge.findPassage(tenant, base, " dogs on\n a LEAD "))
                .contains(passages.get(1).id());
        assertThat(knowledge.findPassage(tenant, base, "cats")).isEmpty();
    }

    @Test
    void says_how_far_down_a_passage_is_that_is_no_candidate() {
        List<String> texts = new ArrayList<>(IntStream.range(0, Candidates.COUNT + 20)
                .mapToObj(n -> "Museum room " + n + " shows museum ship number " + n * 7 + " of the museum.")
                .toList());
        texts.add("Paracetamol lowers a fever.");
        DocumentId catalogue = library.document(tenant, base, "catalogue", texts.toArray(String[]::new));
        ChunkId last = chunks(catalogue).getLast().id();

        WhyNot why = Objects.requireNonNull(retrieval
                .search(tenant, request("Which ship is in the museum?", 5).expecting(last))
                .whyNot());

        assertThat(why.verdict()).isEqualTo(Verdict.TOO_FAR);
        assertThat(Objects.requireNonNull(why.dense()).rank()).isGreaterThan(Candidates.COUNT);
        assertThat(why.lexical()).isNull();
        assertThat(why.candidate()).isNull();
    }

    @Test
    void searches_only_documents_that_pass_the_filter_however_far_down_they_are() {
        String[] many = IntStream.range(0, Candidates.COUNT + 50)
                .mapToObj(n -> "The museum is open on day " + n + ".")
                .toArray(String[]::new);
        DocumentId days = library.document(tenant, base, "days", many);
        DocumentId house = library.document(tenant, base, "house", "Dogs may enter.", "The house is open.");
        assertThat(knowledge
                        .tag(tenant, house, List.of(" House ", "rules", "rules"))
                        .orElseThrow()
                        .tags())
                .containsExactly("house", "rules");
        assertThat(knowledge.tags(tenant, base)).containsExactly("house", "rules");
        SearchRequest open = request("Is the museum open on day 7?", 10);

        assertThat(found(open.with(filter(Set.of(), Set.of("rules"), null, null, null))))
                .containsExactlyInAnyOrder("The house is open.", "Dogs may enter.");
        assertThat(found(open.with(filter(Set.of(house), Set.of(), "en", null, null))))
                .hasSize(2);
        assertThat(found(open.with(filter(Set.of(days), Set.of("rules"), null, null, null))))
                .isEmpty();
        assertThat(found(open.with(filter(Set.of(), Set.of(), "de", null, null))))
                .isEmpty();
        Instant added = knowledge.findDocument(tenant, house).orElseThrow().createdAt();
        assertThat(found(open.with(filter(Set.of(), Set.of(), null, added, null))))
                .hasSize(2);
        assertThat(found(open.with(filter(Set.of(), Set.of(), null, null, added))))
                .hasSize(10)
                .allMatch(text -> text.startsWith("The museum"));
        ChunkId filtered = chunks(days).getFirst().id();
        assertThat(retrieval
                        .search(
                                tenant,
                                open.with(filter(Set.of(house), Set.of(), null, null, null))
                                        .expecting(filtered))
                        .whyNot())
                .extracting(WhyNot::verdict)
                .isEqualTo(Verdict.FILTERED_OUT);
    }

    @Test
    void takes_the_order_of_a_reranker_and_goes_on_without_one_that_fails() {
        library.document(tenant, base, "handbook", OPEN, DOGS);
        SearchRequest request = request("When is the museum open?", 2);

        SearchResult turned = with(new Reranker() {
                    @Override
                    public String model() {
                        return "turns";
                    }

                    @Override
                    public List<Double> score(String question, List<String> texts) {
                        return texts.stream()
                                .map(text -> text.equals(DOGS) ? 0.9 : 0.1)
                                .toList();
                    }
                })
                .search(tenant, request);
        SearchResult failed = with(new Reranker() {
                    @Override
                    public String model() {
                        return "fails";
                    }

                    @Override
                    public List<Double> score(String question, List<String> texts) {
                        throw new RerankerException("down");
                    }
                })
                .search(tenant, request);

        assertThat(turned.passages()).extracting(Passage::text).containsExactly(DOGS, OPEN);
        assertThat(turned.passages().getFirst().scores().rerank()).isEqualTo(0.9);
        assertThat(turned.trace())
                .extracting(Candidate::chunk)
                .first()
                .isEqualTo(turned.passages().getFirst().chunk());
        assertThat(failed.passages()).extracting(Passage::text).containsExactly(OPEN, DOGS);
        assertThat(failed.passages().getFirst().scores().rerank()).isNull();
    }

    @Test
    void does_not_show_another_tenants_passages_in_an_explanation_or_filter() {
        DocumentId handbook = library.document(tenant, base, "handbook", OPEN);
        ChunkId theirs = chunks(handbook).getFirst().id();
        TenantId stranger = library.tenant();
        KnowledgeBaseId own = library.knowledgeBase(stranger, "en");
        library.document(stranger, own, "own", DOGS);

        SearchResult found =
                retrieval.search(stranger, new SearchRequest(Set.of(own), "museum", List.of(), 5).expecting(theirs));

        assertThat(found.whyNot()).extracting(WhyNot::verdict).isEqualTo(Verdict.UNKNOWN);
        assertThat(knowledge.passageState(stranger, theirs)).isEmpty();
        assertThat(knowledge.findPassage(stranger, base, "museum")).isEmpty();
        assertThat(knowledge.fitting(stranger, DocumentFilter.NONE, Set.of(theirs)))
                .isEmpty();
        assertThat(knowledge.tag(stranger, handbook, List.of("mine"))).isEmpty();
        assertThat(knowledge.tags(stranger, base)).isEmpty();
    }

    private static DocumentFilter filter(
            Set<DocumentId> documents, Set<String> tags, String language, Instant since, Instant before) {
        return new DocumentFilter(documents, tags, language, since, before);
    }

    private RetrievalService with(Reranker reranker) {
        return new RetrievalService(
                knowledge,
                indexing,
                candidates,
                new Reranking(Optional.of(reranker)),
                explaining,
                models,
                embedders,
                vectors,
                lexicon);
    }

    private SearchRequest request(String query, int limit) {
        return new SearchRequest(Set.of(base), query, List.of(), limit);
    }

    private WhyNot whyNot(ChunkId expected) {
        return Objects.requireNonNull(retrieval
                .search(tenant, request("When is the museum open?", 1).expecting(expected))
                .whyNot());
    }

    private List<String> found(SearchRequest request) {
        return retrieval.search(tenant, request).passages().stream()
                .map(Passage::text)
                .toList();
    }

    private List<Chunk> chunks(DocumentId document) {
        return knowledge.chunks(tenant, document, PageRequest.first(200)).items();
    }
}
