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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ChunkIndex} promises. */
public abstract class ChunkIndexContract {

    protected static final int DIMENSION = 384;

    private final Random random = new Random(42);
    private final TenantId tenant = TenantId.next();
    private final KnowledgeBaseId handbook = KnowledgeBaseId.next();
    private final KnowledgeBaseId menu = KnowledgeBaseId.next();
    private final DocumentId document = DocumentId.next();

    protected abstract ChunkIndex index();

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
                        (IndexedChunk chunk) -> -Vectors.dot(question, Vectors.normalize(chunk.vector()))))
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
        TenantId stranger = TenantId.next();
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
        TenantId stranger = TenantId.next();
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

    protected IndexedChunk chunk(KnowledgeBaseId knowledgeBase, String... terms) {
        return chunk(knowledgeBase, randomVector(), terms);
    }

    protected static IndexedChunk chunk(KnowledgeBaseId knowledgeBase, float[] vector, String... terms) {
        return new IndexedChunk(ChunkId.next(), knowledgeBase, List.of(terms), vector);
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
