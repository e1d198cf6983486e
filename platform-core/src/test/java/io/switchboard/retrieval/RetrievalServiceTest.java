package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentFilter;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboardtest.FakeEmbedder;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(Library.class)
class RetrievalServiceTest {

    private static final String OPENING =
            "The museum is open from Tuesday to Sunday, 10 am to 6 pm. It is closed on Mondays.";
    private static final String DOGS = "Dogs on a lead may enter the garden but not the galleries.";
    private static final String TICKETS = "A ticket costs 12 euros. Children under six visit free of charge.";

    @Autowired
    RetrievalService retrieval;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    IndexingService indexing;

    @Autowired
    ChunkIndex index;

    @Autowired
    Candidates candidates;

    @Autowired
    Explaining explaining;

    @Autowired
    Lexicon lexicon;

    @Autowired
    TenantModels models;

    @Autowired
    Embedder embedder;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void create_a_tenant_with_a_handbook() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
    }

    @Test
    void finds_the_passage_that_answers_with_its_source_and_scores() {
        DocumentId handbook = library.document(tenant, base, "handbook.pdf", OPENING, DOGS, TICKETS);

        SearchResult result = search("When are you open on Sunday?");

        Passage best = result.passages().getFirst();
        assertThat(best.text()).isEqualTo(OPENING);
        assertThat(best.document()).isEqualTo(handbook);
        assertThat(best.documentName()).isEqualTo("handbook.pdf");
        assertThat(best.documentKind()).isEqualTo(DocumentKind.FILE);
        assertThat(best.language()).isEqualTo("en");
        assertThat(best.scores().dense()).isBetween(0.5, 1.0);
        assertThat(best.scores().lexical()).isPositive();
        assertThat(best.scores().fused()).isCloseTo(1, within(1e-9));
        assertThat(result.similarity()).isEqualTo(best.scores().dense());
        assertThat(result.embedding()).isPositive();
        assertThat(result.search()).isPositive();
    }

    @Test
    void covers_the_words_that_the_passages_have() {
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS, TICKETS);

        assertThat(search("Do you open on Tuesday?").coverage()).isEqualTo(1);
        assertThat(search("Do you sell submarines?").coverage()).isZero();
        assertThat(search("Can a submarine open the gallery?").coverage()).isBetween(0.2, 0.8);
    }

    @Test
    void finds_words_of_the_headings() {
        library.document(
                tenant,
                base,
                "handbook.pdf",
                List.of(
                        library.chunk(List.of("Handbook", "Wheelchairs"), "Please ask at the desk in the foyer."),
                        library.chunk(List.of("Handbook", "Lockers"), "You will find them behind the stairs.")));

        Passage best = search("wheelchair").passages().getFirst();

        assertThat(best.headingPath()).containsExactly("Handbook", "Wheelchairs");
    }

    @Test
    void does_not_show_another_tenants_passages_even_by_its_knowledge_base_id() {
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS, TICKETS);
        TenantId stranger = library.tenant();
        KnowledgeBaseId own = library.knowledgeBase(stranger, "en");
        library.document(stranger, own, "menu.pdf", "Our soup of the day is lentil.");

        assertThat(retrieval
                        .search(stranger, new SearchRequest(Set.of(base), "When is it open?", List.of(), 10))
                        .passages())
                .isEmpty();
        assertThat(retrieval
                        .search(stranger, new SearchRequest(Set.of(base, own), "When is it open?", List.of(), 10))
                        .passages())
                .extracting(Passage::documentName)
                .containsOnly("menu.pdf");
    }

    @Test
    void shows_nothing_of_a_document_that_is_not_ready_or_was_deleted() {
        library.stored(tenant, base, "draft.pdf", List.of(library.chunk(OPENING)));
        DocumentId deleted = library.document(tenant, base, "old.pdf", OPENING + " Old.");
        knowledge.deleteDocument(tenant, deleted);

        assertThat(search("When is it open?").passages()).isEmpty();
    }

    @Test
    void understands_a_follow_up_through_the_question_before() {
        library.document(
                tenant,
                base,
                "handbook.pdf",
                "The café serves soup and cake. Its hours are 9 am to 5 pm.",
                "The library has four thousand books. Its hours are 1 pm to 3 pm.",
                TICKETS);

        SearchResult alone = search("What are its hours?");
        SearchResult aboutCafe = after("Is there a café?", "What are its hours?");
        SearchResult aboutLibrary = after("Do you have a library?", "What are its hours?");

        assertThat(aboutCafe.passages().getFirst().text()).startsWith("The café");
        assertThat(aboutLibrary.passages().getFirst().text()).startsWith("The library");
        assertThat(aboutLibrary.similarity()).isEqualTo(alone.similarity());
    }

    @Test
    void shows_a_passage_that_stands_in_two_documents_once() {
        library.document(tenant, base, "handbook.pdf", OPENING);
        library.document(tenant, base, "handbook-copy.pdf", OPENING.replace("10 am", "10 AM"), DOGS);

        assertThat(search("When is the museum open?").passages())
                .extracting(Passage::text)
                .hasSize(2)
                .contains(DOGS);
    }

    @Test
    void analyses_each_knowledge_base_in_its_own_language() {
        KnowledgeBaseId german = library.knowledgeBase(tenant, "de");
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS);
        library.document(
                tenant,
                german,
                "handbuch.pdf",
                "Die Häuser am Hafen öffnen um zehn Uhr.",
                "Hunde dürfen an der Leine in den Garten.",
                "Im Café gibt es Kuchen und Suppe.");

        SearchResult result =
                retrieval.search(tenant, new SearchRequest(Set.of(base, german), "Haus am Hafen", List.of(), 10));

        assertThat(result.passages().getFirst().text()).startsWith("Die Häuser");
        assertThat(result.coverage()).isEqualTo(1);
    }

    @Test
    void analyses_a_document_in_its_own_language_whatever_that_of_its_knowledge_base() {
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS);
        library.inLanguage(
                tenant,
                base,
                "de",
                "handbuch.pdf",
                "Die Häuser am Hafen öffnen um zehn Uhr.",
                "Im Café gibt es Kuchen.");

        SearchResult german = search("Haus am Hafen");
        SearchResult english = search("May dogs enter?");

        assertThat(german.passages().getFirst().text()).startsWith("Die Häuser");
        assertThat(german.passages().getFirst().language()).isEqualTo("de");
        assertThat(german.passages().getFirst().scores().lexical())
                .as("by its words")
                .isNotNull();
        assertThat(german.coverage()).isEqualTo(1);
        assertThat(english.passages().getFirst().text()).isEqualTo(DOGS);
    }

    @Test
    void finds_arabic_and_thai_by_their_words_in_an_english_knowledge_base() {
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS, TICKETS);
        String arabic = "يفتح المتحف أبوابه في الساعة التاسعة ويستقبل الزائرين في القاعات الكبيرة.";
        String thai = "พิพิธภัณฑ์เปิดเวลาเก้าโมงเช้า และปิดทุกวันจันทร์";
        library.inLanguage(tenant, base, "ar", "arabic.txt", arabic, "تباع التذاكر عند المدخل الرئيسي.");
        library.inLanguage(tenant, base, "th", "thai.txt", thai, "ห้ามนำอาหารเข้ามาในสวน");

        // The words stand there with an article or a preposition more or less: "visitors", "museum".
        assertThat(search("متى يستقبل المتحف زائرين؟").passages().getFirst().text())
                .isEqualTo(arabic);
        assertThat(search("พิพิธภัณฑ์ปิดวันไหน").passages().getFirst().text()).isEqualTo(thai);
    }

    @Test
    void lets_only_documents_in_a_language_speak_if_asked_to() {
        library.document(tenant, base, "handbook.pdf", "The harbour has a museum.");
        library.inLanguage(tenant, base, "de", "handbuch.pdf", "Am Hafen steht ein Museum.");

        SearchResult german = retrieval.search(
                tenant,
                new SearchRequest(Set.of(base), "Museum", List.of(), 10)
                        .with(new DocumentFilter(Set.of(), Set.of(), "de", null, null)));
        SearchResult french = retrieval.search(
                tenant,
                new SearchRequest(Set.of(base), "Museum", List.of(), 10)
                        .with(new DocumentFilter(Set.of(), Set.of(), "fr", null, null)));

        assertThat(german.passages()).extracting(Passage::text).containsExactly("Am Hafen steht ein Museum.");
        assertThat(french.passages()).isEmpty();
    }

    @Test
    void searches_by_words_alone_while_the_embedding_model_fails() {
        library.document(tenant, base, "handbook.pdf", OPENING, DOGS, TICKETS);
        TenantEmbedders embedders = new TenantEmbedders(embedder, _ -> Optional.empty(), models) {
            @Override
            Optional<Embedder> find(VectorModel model) {
                return Optional.of(new FakeEmbedder().failing(true));
            }
        };
        RetrievalService limping = new RetrievalService(
                knowledge,
                indexing,
                candidates,
                new Reranking(Optional.empty()),
                explaining,
                models,
                embedders,
                new RecentVectors(embedders),
                lexicon);

        SearchResult result = limping.search(tenant, new SearchRequest(Set.of(base), "May dogs enter?", List.of(), 10));

        assertThat(result.passages()).extracting(Passage::text).containsExactly(DOGS);
        assertThat(result.passages().getFirst().scores().dense()).isNull();
        assertThat(result.similarity()).isZero();
        assertThat(result.coverage()).isEqualTo(1);
    }

    @Test
    void gives_as_many_passages_as_asked_for() {
        String[] texts = new String[30];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "Room " + i + " shows ship number " + (i * 7) + " of the harbour, built in " + (1800 + i);
        }
        library.document(tenant, base, "rooms.pdf", texts);

        assertThat(retrieval
                        .search(tenant, new SearchRequest(Set.of(base), "Which ship is in room 3?", List.of(), 5))
                        .passages())
                .hasSize(5);
    }

    @Test
    void finds_nothing_in_an_empty_knowledge_base() {
        SearchResult result = search("When are you open?");

        assertThat(result.passages()).isEmpty();
        assertThat(result.coverage()).isZero();
        assertThat(result.similarity()).isZero();
    }

    private SearchResult after(String previous, String query) {
        return retrieval.search(tenant, new SearchRequest(Set.of(base), query, List.of(previous), 10));
    }

    private SearchResult search(String query) {
        return retrieval.search(tenant, new SearchRequest(Set.of(base), query, List.of(), 10));
    }
}
