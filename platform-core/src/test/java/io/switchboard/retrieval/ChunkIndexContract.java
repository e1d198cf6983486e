package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChunkIndex} promises. */
public abstract class ChunkIndexContract {

    protected static final int DIMENSION = 384;

    /** Stores compute with single precision here and there. */
    private static final double CLOSE = 0.0001;

    private final Random random = new Random(42);
    private TenantId tenant = TenantId.next();
    private final KnowledgeBaseId handbook = KnowledgeBaseId.next();
    private final KnowledgeBaseId menu = KnowledgeBaseId.next();
    private final DocumentId document = DocumentId.next();

    protected abstract ChunkIndex index();

    /** What the store keeps of a tenant, counted where it keeps it and not by asking the index. */
    protected abstract Map<String, Long> traces(TenantId tenant);

    /** A tenant that the store can serve. */
    protected TenantId newTenant() {
        return TenantId.next();
    }

    @BeforeEach
    void create_a_tenant() {
        tenant = newTenant();
    }

    @Test
    void finds_the_nearest_vectors_with_their_cosine() {
        IndexedChunk near = chunk(handbook, vector(1, 0, 0), "a");
        IndexedChunk far = chunk(handbook, vector(0, 1, 0), "b");
        IndexedChunk opposite = chunk(handbook, vector(-1, 0, 0), "c");
        index().replace(tenant, document, List.of(far, opposite, near));

        List<Hit> hits = index().dense(tenant, Set.of(handbook), vector(1, 0.5f, 0), 10);

        assertThat(hits).extracting(Hit::chunk).containsExactly(near.id(), far.id(), opposite.id());
        assertThat(hits.get(0).score()).isCloseTo(0.894, within(0.001));
        assertThat(hits.get(2).score()).isCloseTo(-0.894, within(0.001));
    }

    @Test
    void searches_exactly_among_a_few_thousand_chunks() {
        List<IndexedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            chunks.add(chunk(handbook, randomVector(), "term" + i));
        }
        index().replace(tenant, document, chunks);
        float[] question = Vectors.normalize(randomVector());

        List<Hit> hits = index().dense(tenant, Set.of(handbook), question, 10);

        List<ChunkId> nearest = chunks.stream()
                .sorted(Comparator.comparingDouble(
                        (IndexedChunk chunk) -> -Vectors.dot(question, Vectors.normalize(vectorOf(chunk)))))
                .limit(10)
                .map(IndexedChunk::id)
                .toList();
        assertThat(hits).extracting(Hit::chunk).containsExactlyElementsOf(nearest);
    }

    @Test
    void ranks_rare_terms_above_frequent_ones() {
        IndexedChunk rare = chunk(handbook, "ferry", "leaves", "harbour");
        IndexedChunk frequent = chunk(handbook, "museum", "leaves", "harbour");
        IndexedChunk other = chunk(handbook, "museum", "opens", "harbour");
        index().replace(tenant, document, List.of(frequent, other, rare));

        List<Hit> hits = index().lexical(tenant, Set.of(handbook), List.of("museum", "ferry"), 10);

        assertThat(hits).extracting(Hit::chunk).startsWith(rare.id()).hasSize(3);
        assertThat(hits.get(0).score()).isGreaterThan(hits.get(1).score());
    }

    @Test
    void scores_terms_as_bm25_does() {
        index().replace(tenant, document, List.of(chunk(handbook, "a", "b"), chunk(handbook, "c", "d")));

        List<Hit> hits = index().lexical(tenant, Set.of(handbook), List.of("a"), 10);

        // idf = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)); tf part = 1 / (1 + 0.9) since both chunks have the average length
        assertThat(hits)
                .singleElement()
                .extracting(Hit::score)
                .satisfies(score -> assertThat(score).isCloseTo(Math.log(2) / 1.9, within(0.0001)));
    }

    @Test
    void counts_a_term_of_the_question_as_often_as_it_is_in_it() {
        index().replace(tenant, document, List.of(chunk(handbook, "a", "b"), chunk(handbook, "c", "d")));

        double once = index().lexical(tenant, Set.of(handbook), List.of("a"), 1)
                .getFirst()
                .score();
        double twice = index().lexical(tenant, Set.of(handbook), List.of("a", "a"), 1)
                .getFirst()
                .score();

        assertThat(twice).isCloseTo(2 * once, within(0.0001));
    }

    @Test
    void finds_nothing_for_terms_that_no_chunk_has() {
        index().replace(tenant, document, List.of(chunk(handbook, "a")));

        assertThat(index().lexical(tenant, Set.of(handbook), List.of("z"), 10)).isEmpty();
        assertThat(index().lexical(tenant, Set.of(handbook), List.of(), 10)).isEmpty();
    }

    @Test
    void takes_a_question_of_thousands_of_words() {
        index().replace(tenant, document, List.of(chunk(handbook, "word7", "b")));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            words.add("word" + i);
        }

        assertThat(index().lexical(tenant, Set.of(handbook), words, 10)).hasSize(1);
    }

    @Test
    void looks_only_into_the_knowledge_bases_asked_for() {
        IndexedChunk inHandbook = chunk(handbook, vector(1, 0, 0), "word");
        IndexedChunk inMenu = chunk(menu, vector(1, 0, 0), "word");
        index().replace(tenant, document, List.of(inHandbook));
        index().replace(tenant, DocumentId.next(), List.of(inMenu));

        assertThat(index().dense(tenant, Set.of(menu), vector(1, 0, 0), 10))
                .extracting(Hit::chunk)
                .containsExactly(inMenu.id());
        assertThat(index().lexical(tenant, Set.of(menu), List.of("word"), 10))
                .extracting(Hit::chunk)
                .containsExactly(inMenu.id());
        assertThat(index().dense(tenant, Set.of(menu, handbook), vector(1, 0, 0), 10))
                .hasSize(2);
        assertThat(index().dense(tenant, Set.of(), vector(1, 0, 0), 10)).isEmpty();
        assertThat(index().lexical(tenant, Set.of(), List.of("word"), 10)).isEmpty();
    }

    @Test
    void does_not_show_another_tenants_chunks() {
        TenantId stranger = newTenant();
        index().replace(tenant, document, List.of(chunk(handbook, vector(1, 0, 0), "word")));

        assertThat(index().dense(stranger, Set.of(handbook), vector(1, 0, 0), 10))
                .isEmpty();
        assertThat(index().lexical(stranger, Set.of(handbook), List.of("word"), 10))
                .isEmpty();
        assertThat(index().documentFrequencies(stranger, Set.of("word"))).isEmpty();
        assertThat(index().size(stranger)).isZero();
    }

    @Test
    void leaves_a_tenants_chunks_alone_when_another_removes_the_same_document() {
        TenantId stranger = newTenant();
        index().replace(tenant, document, List.of(chunk(handbook, "word")));

        index().remove(stranger, document);
        index().removeTenant(stranger);

        assertThat(index().size(tenant)).isEqualTo(1);
    }

    @Test
    void replaces_all_chunks_of_a_document_and_no_others() {
        DocumentId neighbour = DocumentId.next();
        index().replace(tenant, document, List.of(chunk(handbook, "old"), chunk(handbook, "old", "too")));
        index().replace(tenant, neighbour, List.of(chunk(handbook, "neighbour")));
        IndexedChunk renewed = chunk(handbook, "new");

        index().replace(tenant, document, List.of(renewed));

        assertThat(index().size(tenant)).isEqualTo(2);
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("old"), 10))
                .isEmpty();
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("new"), 10))
                .extracting(Hit::chunk)
                .containsExactly(renewed.id());
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("neighbour"), 10))
                .hasSize(1);
    }

    @Test
    void removes_a_document_and_a_tenant() {
        index().replace(tenant, document, List.of(chunk(handbook, "a")));
        index().replace(tenant, DocumentId.next(), List.of(chunk(handbook, "b")));

        index().remove(tenant, document);
        assertThat(index().size(tenant)).isEqualTo(1);

        index().removeTenant(tenant);
        assertThat(index().size(tenant)).isZero();
        assertThat(index().dense(tenant, Set.of(handbook), vector(1, 0, 0), 10)).isEmpty();
    }

    @Test
    void counts_the_chunks_that_have_a_term() {
        index().replace(
                        tenant,
                        document,
                        List.of(chunk(handbook, "a", "a", "b"), chunk(handbook, "a"), chunk(handbook, "c")));

        assertThat(index().documentFrequencies(tenant, Set.of("a", "b", "z"))).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void gives_as_many_as_asked_for() {
        List<IndexedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            chunks.add(chunk(handbook, randomVector(), "word"));
        }
        index().replace(tenant, document, chunks);

        assertThat(index().dense(tenant, Set.of(handbook), vector(1, 0, 0), 7)).hasSize(7);
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("word"), 7))
                .hasSize(7);
    }

    @Test
    void ranks_a_larger_collection_as_bm25_does() {
        List<IndexedChunk> chunks = collection(400);
        index().replace(tenant, document, chunks.subList(0, 250));
        index().replace(tenant, DocumentId.next(), chunks.subList(250, 400));
        ReferenceBm25 reference = new ReferenceBm25(chunks);

        for (int i = 0; i < 20; i++) {
            List<String> question = question();
            List<Hit> hits = index().lexical(tenant, Set.of(handbook), question, 10);

            Map<ChunkId, Double> expected = reference.scores(question);
            assertThat(hits)
                    .allSatisfy(hit -> assertThat(hit.score()).isCloseTo(expected.get(hit.chunk()), within(CLOSE)));
            assertThat(hits.stream().mapToDouble(Hit::score).toArray())
                    .as("the best ten of %s, best first", question)
                    .containsExactly(reference.best(question, 10), within(CLOSE));
        }
    }

    @Test
    void weighs_words_by_their_rarity_among_all_chunks_of_the_tenant_and_no_other() {
        List<IndexedChunk> chunks = collection(50);
        index().replace(tenant, document, chunks);
        index().replace(tenant, DocumentId.next(), List.of(chunk(menu, "w1", "w2")));
        List<IndexedChunk> all = new ArrayList<>(chunks);
        all.add(chunk(menu, "w1", "w2"));
        TenantId neighbour = newTenant();
        index().replace(neighbour, DocumentId.next(), List.of(chunk(handbook, "w1"), chunk(handbook, "w1")));

        List<Hit> hits = index().lexical(tenant, Set.of(handbook), List.of("w1", "w40"), 5);

        Map<ChunkId, Double> expected = new ReferenceBm25(all).scores(List.of("w1", "w40"));
        assertThat(hits)
                .hasSize(5)
                .allSatisfy(hit -> assertThat(hit.score()).isCloseTo(expected.get(hit.chunk()), within(CLOSE)));
    }

    @Test
    void keeps_nothing_of_a_removed_document() {
        DocumentId neighbour = DocumentId.next();
        index().replace(tenant, neighbour, List.of(chunk(handbook, "stays", "both")));
        Map<String, Long> before = traces(tenant);
        index().replace(tenant, document, List.of(chunk(handbook, "goes", "both"), chunk(menu, "goes", "goes")));
        assertThat(traces(tenant)).as("the count sees what is there").isNotEqualTo(before);

        index().remove(tenant, document);

        assertThat(traces(tenant)).isEqualTo(before);
        assertThat(index().documentFrequencies(tenant, Set.of("goes", "both"))).isEqualTo(Map.of("both", 1L));
    }

    @Test
    void keeps_nothing_of_a_removed_tenant() {
        index().replace(tenant, document, List.of(chunk(handbook, "a", "b"), chunk(menu, "b")));
        assertThat(traces(tenant).values()).isNotEmpty().allMatch(count -> count > 0);

        index().removeTenant(tenant);

        assertThat(traces(tenant).values()).allMatch(count -> count == 0);
        assertThat(index().documentFrequencies(tenant, Set.of("a", "b"))).isEmpty();
        index().replace(tenant, document, List.of(chunk(handbook, "a")));
        assertThat(index().size(tenant)).as("and it can come again").isEqualTo(1);
    }

    @Test
    void names_the_documents_it_has() {
        DocumentId other = DocumentId.next();
        index().replace(tenant, document, List.of(chunk(handbook, "a"), chunk(menu, "b")));
        index().replace(tenant, other, List.of(chunk(menu, "b")));
        index().replace(newTenant(), DocumentId.next(), List.of(chunk(handbook, "a")));

        assertThat(index().documents(tenant)).containsExactlyInAnyOrder(document, other);

        index().remove(tenant, other);
        assertThat(index().documents(tenant)).containsExactly(document);
    }

    @Test
    void removes_what_is_not_there_without_a_word() {
        index().remove(tenant, document);
        index().removeTenant(tenant);
        index().replace(tenant, document, List.of());

        assertThat(index().size(tenant)).isZero();
    }

    @Test
    void is_the_same_after_the_same_change_was_made_twice() {
        List<IndexedChunk> chunks = collection(30);
        index().replace(tenant, document, chunks);
        Map<String, Long> frequencies = index().documentFrequencies(tenant, Set.of("w1", "w5", "w40"));

        index().replace(tenant, document, chunks);

        assertThat(index().size(tenant)).isEqualTo(30);
        assertThat(index().documentFrequencies(tenant, Set.of("w1", "w5", "w40")))
                .isEqualTo(frequencies);
        assertThat(index().dense(tenant, Set.of(handbook), vectorOf(chunks.getFirst()), 100))
                .extracting(Hit::chunk)
                .doesNotHaveDuplicates()
                .hasSize(30);
    }

    @Test
    void takes_changes_of_several_documents_at_once() throws Exception {
        List<DocumentId> documents = Stream.generate(DocumentId::next).limit(4).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> changes = new ArrayList<>();
            for (DocumentId changed : documents) {
                List<IndexedChunk> first = collection(40);
                List<IndexedChunk> second = collection(25);
                changes.add(threads.submit(() -> {
                    index().replace(tenant, changed, first);
                    index().replace(tenant, changed, second);
                }));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        }

        assertThat(index().size(tenant)).isEqualTo(100);
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("w1"), 200))
                .hasSize(index().documentFrequencies(tenant, Set.of("w1"))
                        .get("w1")
                        .intValue());
        documents.forEach(changed -> index().remove(tenant, changed));
        assertThat(index().documentFrequencies(tenant, Set.of("w1", "w2", "w3")))
                .isEmpty();
        assertThat(index().size(tenant)).isZero();
    }

    @Test
    void finds_a_chunk_without_words_by_its_vector() {
        IndexedChunk wordless = chunk(handbook, vector(1, 0, 0));
        index().replace(tenant, document, List.of(wordless, chunk(handbook, vector(0, 1, 0), "a")));

        assertThat(index().dense(tenant, Set.of(handbook), vector(1, 0, 0), 1))
                .extracting(Hit::chunk)
                .containsExactly(wordless.id());
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("a"), 10))
                .singleElement()
                // Chunks without words do not count among those that could have one: idf = ln(1 + 0.5 / 1.5)
                .satisfies(hit -> assertThat(hit.score()).isCloseTo(Math.log(4 / 3.0) / 1.9, within(CLOSE)));
        assertThat(index().size(tenant)).isEqualTo(2);
    }

    @Test
    void finds_a_chunk_without_a_vector_by_its_words() {
        IndexedChunk without = new IndexedChunk(ChunkId.next(), handbook, List.of("ferry"), null);
        IndexedChunk with = chunk(handbook, vector(0, 1, 0), "museum");
        index().replace(tenant, document, List.of(without, with));
        index().replace(
                        tenant,
                        DocumentId.next(),
                        List.of(new IndexedChunk(ChunkId.next(), menu, List.of("soup"), null)));

        assertThat(index().dense(tenant, Set.of(handbook, menu), vector(1, 0, 0), 10))
                .extracting(Hit::chunk)
                .containsExactly(with.id());
        assertThat(index().lexical(tenant, Set.of(handbook), List.of("ferry"), 10))
                .extracting(Hit::chunk)
                .containsExactly(without.id());
        assertThat(index().lexical(tenant, Set.of(menu), List.of("soup"), 10)).hasSize(1);
        assertThat(index().size(tenant)).isEqualTo(3);
    }

    @Test
    void takes_a_document_of_five_thousand_chunks() {
        List<IndexedChunk> chunks = collection(5000);

        index().replace(tenant, document, chunks);

        assertThat(index().size(tenant)).isEqualTo(5000);
        IndexedChunk last = chunks.getLast();
        assertThat(index().dense(tenant, Set.of(handbook), vectorOf(last), 1))
                .extracting(Hit::chunk)
                .containsExactly(last.id());
        index().remove(tenant, document);
        assertThat(index().size(tenant)).isZero();
    }

    @Test
    void takes_words_of_every_kind() {
        List<String> words = List.of(
                "it's",
                "\"quoted\"",
                "back\\slash",
                "{curly,brace}",
                "% _ ? : $1 :name",
                "null",
                "\ttab and\nline",
                "\u0645\u062f\u0631", // three letters of an Arabic word
                "\u0e82\u0ead\u0e87", // three of Lao, which has no spaces
                "\ud83d\udea2",
                "e\u0301",
                "\u00e9",
                "\u00df",
                "SS",
                "long".repeat(100),
                "\u6e2f".repeat(400));
        for (String word : words) {
            index().replace(tenant, DocumentId.next(), List.of(chunk(handbook, word, "other")));
        }

        assertThat(index().documentFrequencies(tenant, Set.copyOf(words)))
                .isEqualTo(words.stream().collect(Collectors.toMap(word -> word, _ -> 1L)));
        assertThat(words)
                .allSatisfy(word -> assertThat(index().lexical(tenant, Set.of(handbook), List.of(word), 10))
                        .as(word)
                        .hasSize(1));
    }

    @Test
    void takes_a_vector_of_zeros() {
        IndexedChunk nothing = chunk(handbook, vector(0), "a");

        index().replace(tenant, document, List.of(nothing));

        assertThat(index().lexical(tenant, Set.of(handbook), List.of("a"), 10)).hasSize(1);
        assertThat(index().dense(tenant, Set.of(handbook), vector(1, 0, 0), 10)).hasSizeLessThanOrEqualTo(1);
    }

    /** Chunks of 1 to 120 words, of which the first are the most frequent. */
    private List<IndexedChunk> collection(int size) {
        return Stream.generate(() -> {
                    String[] words = new String[1 + random.nextInt(120)];
                    Arrays.setAll(words, _ -> word());
                    return chunk(handbook, words);
                })
                .limit(size)
                .toList();
    }

    private List<String> question() {
        return Stream.generate(this::word).limit(1 + random.nextInt(6)).toList();
    }

    private String word() {
        double uniform = random.nextDouble();
        return "w" + (int) (300 * uniform * uniform * uniform);
    }

    protected IndexedChunk chunk(KnowledgeBaseId knowledgeBase, String... terms) {
        return chunk(knowledgeBase, randomVector(), terms);
    }

    protected static IndexedChunk chunk(KnowledgeBaseId knowledgeBase, float[] vector, String... terms) {
        return new IndexedChunk(ChunkId.next(), knowledgeBase, List.of(terms), vector);
    }

    protected static float[] vectorOf(IndexedChunk chunk) {
        return Objects.requireNonNull(chunk.vector());
    }

    protected static float[] vector(float... first) {
        float[] vector = new float[DIMENSION];
        System.arraycopy(first, 0, vector, 0, first.length);
        return vector;
    }

    protected float[] randomVector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
