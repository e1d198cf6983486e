package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.retrieval.ModelChange.Next;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A tenant that was embedded by the model inside the program, and a program whose settings name another model. The questions share no word
 * with the passages, so that only vectors find them.
 */
@SwitchboardTest
@Import(Library.class)
class ModelChangeTest {

    private static final String DOGS = "Dogs may enter the garden on a lead.";
    private static final String ABOUT_DOGS = "Is my puppy welcome?";
    private static final String BOATS = "Ferries leave the pier at noon.";

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SystemDatabase system;

    @Autowired
    DocumentProcessing processing;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    TextAnalysis analysis;

    @Autowired
    ChunkStores stores;

    @Autowired
    ChunkIndex index;

    @Autowired
    Candidates candidates;

    @Autowired
    Explaining explaining;

    @Autowired
    Lexicon lexicon;

    @Autowired
    Embedder shipped;

    @Autowired
    Library library;

    private final TopicEmbedder next = new TopicEmbedder("topics");
    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void create_a_tenant_with_vectors_of_the_shipped_model() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
        library.document(tenant, base, "handbook.txt", DOGS, BOATS);
    }

    /** A program with other settings on the same database. */
    private final class Program {

        final TenantModels models = new TenantModels(transactions, jdbc, next);
        final TenantEmbedders embedders;
        final IndexingService indexing;
        final ModelChange change;
        final RetrievalService retrieval;

        Program(FormerEmbedders former) {
            embedders = new TenantEmbedders(next, former, models);
            IndexSource source = new IndexSource(knowledge, processing, embedders, analysis, Clock.systemUTC());
            indexing = new IndexingService(stores, source, models, transactions);
            change = new ModelChange(models, embedders, processing, indexing, system);
            retrieval = new RetrievalService(
                    knowledge,
                    indexing,
                    candidates,
                    new Reranking(Optional.empty()),
                    explaining,
                    models,
                    embedders,
                    new RecentVectors(embedders),
                    lexicon);
        }

        Program() {
            this(model -> model.equals(shipped.model()) ? Optional.of(shipped) : Optional.empty());
        }

        SearchResult search(String question) {
            return retrieval.search(tenant, new SearchRequest(Set.of(base), question, List.of(), 5));
        }

        void toTheEnd() {
            Next following = Next.STEP;
            while (following == Next.STEP) {
                following = change.step(tenant);
            }
            assertThat(following).isEqualTo(Next.CLEAN_UP);
        }
    }

    @Test
    void searches_by_the_former_model_until_all_is_embedded_and_by_the_next_from_then_on() {
        Program program = new Program();

        SearchResult before = program.search(ABOUT_DOGS);
        assertThat(program.change.isDue(tenant)).isTrue();
        assertThat(next.asked()).as("texts embedded for a search").isEmpty();
        assertThat(program.change.step(tenant)).isEqualTo(Next.STEP);
        SearchResult during = program.search(ABOUT_DOGS);
        program.toTheEnd();
        SearchResult after = program.search(ABOUT_DOGS);

        assertThat(List.of(before, during, after))
                .allSatisfy(result ->
                        assertThat(result.passages().getFirst().text()).isEqualTo(DOGS));
        assertThat(during.similarity()).isEqualTo(before.similarity()).isLessThan(0.99);
        assertThat(after.similarity()).as("what the next model says").isEqualTo(1);
        assertThat(program.change.isDue(tenant)).isFalse();
        assertThat(program.change.step(tenant)).isEqualTo(Next.NOTHING);
    }

    @Test
    void finds_the_same_all_along_while_others_change_the_model() throws Exception {
        for (int i = 0; i < 3; i++) {
            library.document(
                    tenant, base, "more-" + i, "Room " + i + " is painted green.", "Lamp " + i + " is bright.");
        }
        Program program = new Program();
        AtomicBoolean ended = new AtomicBoolean();
        List<String> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> searches = threads.submit(() -> {
                while (!ended.get()) {
                    found.add(program.search(ABOUT_DOGS).passages().stream()
                            .map(Passage::text)
                            .findFirst()
                            .orElse("nothing"));
                }
                found.add(program.search(ABOUT_DOGS).passages().getFirst().text());
            });
            program.toTheEnd();
            ended.set(true);
            searches.get();
        }

        assertThat(found).isNotEmpty().containsOnly(DOGS);
    }

    @Test
    void goes_on_where_a_program_that_was_killed_has_stopped_and_embeds_nothing_twice() {
        new Program().change.step(tenant);
        library.document(tenant, base, "later.txt", "Soup is served in the cellar.");

        Program restarted = new Program();
        restarted.search(ABOUT_DOGS);
        restarted.toTheEnd();

        assertThat(next.asked()).containsExactlyInAnyOrder(DOGS, BOATS, "Soup is served in the cellar.");
    }

    @Test
    void shows_a_document_that_came_meanwhile_at_once_and_afterwards() {
        Program program = new Program();
        program.change.step(tenant);
        library.document(tenant, base, "new.txt", "Cats sleep in the attic.");

        assertThat(program.search("Where do kittens rest?")
                        .passages()
                        .getFirst()
                        .text())
                .startsWith("Cats");
        program.toTheEnd();
        assertThat(program.search("Where do kittens rest?")
                        .passages()
                        .getFirst()
                        .text())
                .startsWith("Cats");
    }

    @Test
    void embeds_by_the_next_model_what_was_being_read_while_it_changed() {
        Program program = new Program();
        var late = library.stored(tenant, base, "late.txt", List.of(library.chunk("Cats sleep in the attic.")));
        program.toTheEnd();

        program.indexing.index(tenant, late.id());
        processing.markReady(tenant, late.id(), late.version());

        assertThat(program.search("Where do kittens rest?")
                        .passages()
                        .getFirst()
                        .text())
                .startsWith("Cats");
    }

    @Test
    void searches_by_words_alone_where_nobody_has_the_former_model_any_more() {
        Program program = new Program(_ -> Optional.empty());

        SearchResult during = program.search("When do ferries leave?");

        assertThat(during.passages().getFirst().text()).isEqualTo(BOATS);
        assertThat(during.passages().getFirst().scores().dense()).isNull();
        assertThat(during.similarity()).isZero();
        assertThat(program.search(ABOUT_DOGS).passages()).isEmpty();
        assertThat(next.asked()).isEmpty();
        program.toTheEnd();
        assertThat(program.search(ABOUT_DOGS).passages().getFirst().text()).isEqualTo(DOGS);
    }

    @Test
    void indexes_without_vectors_what_the_former_model_cannot_embed_any_more() {
        Program program = new Program(_ -> Optional.empty());
        var added = library.stored(tenant, base, "added.txt", List.of(library.chunk("Cats sleep in the attic.")));
        transactions.run(
                tenant,
                () -> jdbc.sql("delete from embedding where tenant_id = ? and text_hash = ?")
                        .param(tenant.value())
                        .param(library.chunk("Cats sleep in the attic.").textHash())
                        .update());

        program.indexing.index(tenant, added.id());
        processing.markReady(tenant, added.id(), added.version());

        assertThat(program.search("Who sleeps in the attic?")
                        .passages()
                        .getFirst()
                        .text())
                .startsWith("Cats");
        assertThat(next.asked()).isEmpty();
    }

    @Test
    void changes_one_tenant_and_no_other() {
        TenantId neighbour = library.tenant();
        KnowledgeBaseId theirs = library.knowledgeBase(neighbour, "en");
        library.document(neighbour, theirs, "theirs.txt", DOGS);
        Program program = new Program();

        program.toTheEnd();
        program.change.cleanUp(tenant);

        assertThat(program.change.isDue(neighbour)).isTrue();
        assertThat(index.size(neighbour)).isEqualTo(1);
        assertThat(program.retrieval
                        .search(neighbour, new SearchRequest(Set.of(theirs), ABOUT_DOGS, List.of(), 5))
                        .passages())
                .extracting(Passage::text)
                .containsExactly(DOGS);
    }

    @Test
    void removes_the_former_vectors_at_the_end() {
        Program program = new Program();
        program.change.step(tenant);
        program.change.cleanUp(tenant);
        assertThat(vectors(shipped.model())).as("while they are searched").isEqualTo(2);

        program.toTheEnd();
        program.change.cleanUp(tenant);

        assertThat(vectors(shipped.model())).isZero();
        assertThat(vectors("topics")).isEqualTo(2);
        assertThat(program.search(ABOUT_DOGS).passages().getFirst().text()).isEqualTo(DOGS);
    }

    @Test
    void changes_nothing_while_the_next_model_fails() {
        Program program = new Program();
        next.failing = true;

        assertThatThrownBy(() -> program.change.step(tenant)).isInstanceOf(EmbedderException.class);

        assertThat(program.search(ABOUT_DOGS).passages().getFirst().text()).isEqualTo(DOGS);
        next.failing = false;
        program.toTheEnd();
    }

    @Test
    void tells_the_operator_how_far_it_is() {
        Program program = new Program();
        program.search(ABOUT_DOGS);
        int waiting = program.change.progress().waiting();
        assertThat(program.change.progress().tenants())
                .hasSizeBetween(1, 20)
                .allSatisfy(each -> assertThat(each.model()).isNotEqualTo("topics"));

        program.change.step(tenant);

        assertThat(program.change.progress().model()).isEqualTo("topics");
        assertThat(system.jdbc()
                        .sql("select texts, embedded from vector_model where tenant_id = ? and next_model = 'topics'")
                        .param(tenant.value())
                        .query((row, _) -> row.getLong("texts") + " " + row.getLong("embedded"))
                        .single())
                .isEqualTo("2 2");
        program.toTheEnd();
        assertThat(program.change.progress().waiting()).isEqualTo(waiting - 1);
    }

    @Test
    void takes_the_model_of_most_vectors_for_a_tenant_that_was_never_asked_about() {
        transactions.run(
                tenant,
                () -> jdbc.sql("delete from vector_model where tenant_id = ?")
                        .param(tenant.value())
                        .update());

        assertThat(new Program().models.of(tenant)).isEqualTo(VectorModel.of(shipped));
        assertThat(new Program().models.of(library.tenant())).isEqualTo(VectorModel.of(next));
    }

    @Test
    void does_not_show_another_tenants_vectors_after_the_change() {
        TenantId stranger = library.tenant();
        Program program = new Program();
        program.toTheEnd();

        assertThat(program.retrieval
                        .search(stranger, new SearchRequest(Set.of(base), ABOUT_DOGS, List.of(), 5))
                        .passages())
                .isEmpty();
        assertThat(index.dense(stranger, Set.of(base), new float[] {1, 0, 0, 0}, 5))
                .isEmpty();
    }

    private long vectors(String model) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from embedding where tenant_id = ? and model = ?")
                        .param(tenant.value())
                        .param(model)
                        .query(Long.class)
                        .single());
    }
}
