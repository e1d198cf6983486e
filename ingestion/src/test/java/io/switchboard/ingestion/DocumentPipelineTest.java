package io.switchboard.ingestion;

import static io.switchboard.ingestion.TestFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Chunk;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.ChunkService.Wish;
import io.switchboard.knowledge.ChunksEdited;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.DocumentSteering;
import io.switchboard.knowledge.EditableChunk;
import io.switchboard.knowledge.EmbeddedChunk;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Original;
import io.switchboard.knowledge.OriginalService;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantCreation;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From an upload to what a search finds, with nothing replaced by a double. */
@SwitchboardTest
class DocumentPipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    DocumentProcessing processing;

    @Autowired
    DocumentPipeline pipeline;

    @Autowired
    Scheduler scheduler;

    @Autowired
    ChunkService editing;

    @Autowired
    IndexingService indexing;

    @Autowired
    OriginalService originals;

    @Autowired
    ApplicationEventPublisher publisher;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    Embedder embedder;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void makes_an_uploaded_pdf_findable_under_its_headings() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);

        Document document = ended(tenant, upload(tenant, base, "handbook.pdf", handbookPdf()));

        assertThat(document.status()).as(document.reason()).isEqualTo(DocumentStatus.READY);
        assertThat(document.progress()).isEqualTo(1.0);
        assertThat(document.mediaType()).isEqualTo("application/pdf");
        List<Chunk> chunks = chunks(tenant, document.id());
        assertThat(chunks).hasSize(document.chunks()).hasSize(2);
        assertThat(chunks.getFirst().headingPath()).containsExactly("Visitor handbook", "Opening hours");
        assertThat(chunks.getFirst().tokens()).isPositive();
        assertThat(processing.embeddedChunks(tenant, document.id(), embedder.model()))
                .hasSize(2)
                .extracting(EmbeddedChunk::vector)
                .allSatisfy(vector -> assertThat(vector).hasSize(embedder.dimension()));
        Passage best = search(tenant, base, "When does the museum open?").getFirst();
        assertThat(best.text()).contains("open at nine");
        assertThat(best.documentName()).isEqualTo("handbook.pdf");
    }

    @Test
    void shows_the_page_of_a_pdf_and_the_text_around_a_passage_of_other_documents() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId pdf = upload(tenant, base, "handbook.pdf", handbookPdf());
        DocumentId text = upload(
                tenant,
                base,
                "house.md",
                utf8(
                        "# Cafe\n\nThe cafe serves soup.\n\n# Dogs\n\nDogs stay outside.\n\n# Lockers\n\nLockers take a coin."));
        assertThat(ended(tenant, pdf).status()).isEqualTo(DocumentStatus.READY);
        assertThat(ended(tenant, text).status()).isEqualTo(DocumentStatus.READY);

        Original page =
                originals.show(tenant, pdf, chunks(tenant, pdf).getFirst().id()).orElseThrow();
        Original around =
                originals.show(tenant, text, chunks(tenant, text).get(1).id()).orElseThrow();

        assertThat(page).isInstanceOfSatisfying(Original.Page.class, drawn -> {
            assertThat(drawn.page()).isEqualTo(1);
            BufferedImage picture = image(drawn.png());
            assertThat(picture.getWidth()).isGreaterThan(500);
            assertThat(inked(picture)).as("dots that are not white").isGreaterThan(500);
        });
        assertThat(around).isInstanceOfSatisfying(Original.Text.class, shown -> {
            assertThat(shown.before()).isEqualTo("The cafe serves soup.");
            assertThat(shown.passage()).isEqualTo("Dogs stay outside.");
            assertThat(shown.after()).isEqualTo("Lockers take a coin.");
        });
        assertThat(originals.show(tenant(), pdf, chunks(tenant, pdf).getFirst().id()))
                .isEmpty();
    }

    private static BufferedImage image(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int inked(BufferedImage picture) {
        int dots = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                dots += (picture.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
            }
        }
        return dots;
    }

    @Test
    void reads_word_html_markdown_and_text_uploads() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        List<DocumentId> uploads = List.of(
                upload(tenant, base, "a.docx", TestFiles.docx("# Prices", "A ticket is twelve euros.")),
                upload(tenant, base, "b.html", utf8("<h1>Cafe</h1><p>The cafe serves soup.</p><script>x()</script>")),
                upload(tenant, base, "c.md", utf8("# Dogs\n\nDogs stay outside.")),
                upload(tenant, base, "d.txt", utf8("Lockers take a one euro coin.")));

        List<Document> ended =
                uploads.stream().map(document -> ended(tenant, document)).toList();

        assertThat(ended)
                .allSatisfy(document -> assertThat(document.status())
                        .as(document.name() + ": " + document.reason())
                        .isEqualTo(DocumentStatus.READY));
        assertThat(chunks(tenant, uploads.get(1)))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.text()).isEqualTo("The cafe serves soup."));
        assertThat(chunks(tenant, uploads.get(3)))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.headingPath()).containsExactly("d"));
    }

    @Test
    void finds_out_the_language_of_a_document() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId german = upload(
                tenant,
                base,
                "ordnung.txt",
                utf8("Die Häuser am Hafen öffnen um zehn Uhr. Hunde dürfen an der Leine in den Garten."));
        DocumentId wordless = upload(tenant, base, "codes.txt", utf8("AX-200 4711"));

        assertThat(ended(tenant, german).language()).isEqualTo("de");
        assertThat(ended(tenant, wordless).language()).isNull();
        assertThat(search(tenant, base, "Haus").getFirst().text()).startsWith("Die Häuser");
    }

    @Test
    void ends_a_document_that_is_cancelled_and_leaves_nothing_until_it_is_tried_again() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        StringBuilder book = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            book.append("Cabin number ")
                    .append(i)
                    .append(" of the steamer is painted in colour ")
                    .append(i * 7)
                    .append(" and was last inspected by engineer ")
                    .append(i * 13)
                    .append(".\n\n");
        }
        DocumentId id = upload(tenant, base, "book.txt", utf8(book.toString()));
        Awaitility.await().atMost(PATIENCE).until(() -> found(tenant, id).progress() > 0.2);
        assertThat(vectors(tenant)).isPositive();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> found(tenant, id).timeLeft(Instant.now()).isPresent());

        assertThat(knowledge.cancelDocument(tenant, id)).isInstanceOf(DocumentSteering.Done.class);

        assertThat(found(tenant, id).status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(found(tenant, id).reason()).contains("cancelled");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(jobs(tenant)).isZero();
            assertThat(vectors(tenant)).isZero();
        });
        assertThat(chunks(tenant, id)).isEmpty();
        assertThat(indexing.size(tenant)).isZero();
        assertThat(knowledge.cancelDocument(tenant, id)).isInstanceOf(DocumentSteering.NotNow.class);

        assertThat(knowledge.retryDocument(tenant, id)).isInstanceOf(DocumentSteering.Done.class);
        assertThat(ended(tenant, id).status()).isEqualTo(DocumentStatus.READY);
        assertThat(knowledge.retryDocument(tenant, id)).isInstanceOf(DocumentSteering.NotNow.class);
    }

    @Test
    void never_begins_a_document_that_was_cancelled_while_it_waited() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);
        DocumentId id = upload(tenant, base, "deck.txt", utf8("Deck seven has thirty-one chairs."));

        DocumentSteering outcome = knowledge.cancelDocument(tenant, id);
        pipeline.run(new DocumentJob(tenant, id, 1));

        assertThat(outcome).isInstanceOf(DocumentSteering.Done.class);
        assertThat(found(tenant, id).status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(chunks(tenant, id)).isEmpty();
        assertThat(vectors(tenant)).isZero();
    }

    @Test
    void does_not_cancel_another_tenants_document() throws IOException {
        TenantId tenant = tenant();
        DocumentId id = upload(tenant, base(tenant), "a.txt", utf8("Lockers take a one euro coin."));

        assertThat(knowledge.cancelDocument(tenant(), id)).isInstanceOf(DocumentSteering.Unknown.class);
        assertThat(knowledge.retryDocument(tenant(), id)).isInstanceOf(DocumentSteering.Unknown.class);

        assertThat(ended(tenant, id).status()).isEqualTo(DocumentStatus.READY);
    }

    private Document found(TenantId tenant, DocumentId id) {
        return knowledge.findDocument(tenant, id).orElseThrow();
    }

    private long vectors(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from embedding where tenant_id = ?")
                        .param(tenant.value())
                        .query(Long.class)
                        .single());
    }

    private long jobs(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(
                                "select count(*) from scheduled_tasks where task_name = 'document' and task_instance like ? || '%'")
                        .param(tenant.toString())
                        .query(Long.class)
                        .single());
    }

    @Test
    void keeps_a_question_and_its_answer_in_one_chunk() {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);

        DocumentAddition addition = knowledge.addFaq(tenant, base, "May I bring my dog?", "Only assistance dogs.");

        DocumentId id = ((DocumentAddition.Added) addition).document().id();
        assertThat(ended(tenant, id).status()).isEqualTo(DocumentStatus.READY);
        assertThat(chunks(tenant, id)).singleElement().satisfies(chunk -> {
            assertThat(chunk.headingPath()).containsExactly("May I bring my dog?");
            assertThat(chunk.text()).isEqualTo("Only assistance dogs.");
        });
    }

    @Test
    void says_what_is_wrong_with_a_bad_file_and_goes_on_with_the_next() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId empty = upload(tenant, base, "empty.pdf", new byte[0]);
        DocumentId secret = upload(tenant, base, "secret.pdf", TestFiles.encryptedPdf());
        DocumentId broken = upload(tenant, base, "half.pdf", TestFiles.truncated(handbookPdf()));
        DocumentId program = upload(tenant, base, "setup.exe", utf8("MZ\u0090\0\u0003\0\0\0\u0004\0\0\0"));
        DocumentId good = upload(tenant, base, "good.txt", utf8("All is well."));

        assertThat(reason(tenant, empty)).isEqualTo("The file is empty.");
        assertThat(reason(tenant, secret)).contains("password");
        assertThat(reason(tenant, broken)).contains("broken or incomplete");
        assertThat(reason(tenant, program)).contains("not supported");
        assertThat(ended(tenant, good).status()).isEqualTo(DocumentStatus.READY);
        assertThat(processing.readyDocuments(tenant, PageRequest.first(10)).items())
                .extracting(Document::id)
                .containsExactly(good);
    }

    @Test
    void does_not_embed_a_text_twice() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        byte[] first = utf8("# Rules\n\n## Dogs\n\nDogs stay outside.\n\n## Food\n\nNo food inside.");
        byte[] second = utf8("# Rules\n\n## Dogs\n\nDogs stay outside.\n\n## Food\n\nFood is welcome.");

        ended(tenant, upload(tenant, base, "rules.md", first));
        ended(tenant, upload(tenant, base, "rules of the garden.md", second));

        assertThat(embeddings(tenant)).isEqualTo(3);
    }

    @Test
    void goes_on_after_a_crash_without_doubling_a_chunk() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId id = upload(tenant, base, "handbook.pdf", handbookPdf());
        ended(tenant, id);
        // As a process leaves it that is killed when the chunks are stored and the index is not yet told.
        transactions.run(
                tenant,
                () -> jdbc.sql("update document set status = 'PROCESSING', progress = 0.95 where id = ?")
                        .param(id.value())
                        .update());
        assertThat(search(tenant, base, "When does the museum open?")).isEmpty();

        pipeline.run(new DocumentJob(tenant, id, 1));
        pipeline.run(new DocumentJob(tenant, id, 1));

        assertThat(knowledge.findDocument(tenant, id).orElseThrow().status()).isEqualTo(DocumentStatus.READY);
        assertThat(chunks(tenant, id)).hasSize(2).extracting(Chunk::text).doesNotHaveDuplicates();
        assertThat(search(tenant, base, "When does the museum open?"))
                .extracting(Passage::text)
                .doesNotHaveDuplicates()
                .first()
                .asString()
                .contains("open at nine");
        assertThat(embeddings(tenant)).isEqualTo(2);
    }

    @Test
    void leaves_a_document_alone_that_was_deleted_while_it_waited() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId id = upload(tenant, base, "handbook.pdf", handbookPdf());
        ended(tenant, id);
        knowledge.deleteDocument(tenant, id);

        pipeline.run(new DocumentJob(tenant, id, 1));

        assertThat(knowledge.findDocument(tenant, id)).isEmpty();
        assertThat(embeddings(tenant)).isZero();
        assertThat(search(tenant, base, "When does the museum open?")).isEmpty();
    }

    @Test
    void queues_nothing_for_a_document_that_was_not_added() {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        List<DocumentId> added = new ArrayList<>();

        try {
            transactions.run(tenant, () -> {
                DocumentAddition addition = knowledge.addFaq(tenant, base, "Why?", "Because.");
                added.add(((DocumentAddition.Added) addition).document().id());
                assertThat(jobs(added.getFirst())).isEqualTo(1);
                throw new IllegalStateException("undo");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("undo");
        }

        assertThat(added).hasSize(1);
        assertThat(jobs(added.getFirst())).isZero();
    }

    @Test
    void does_not_keep_a_tenant_waiting_behind_anothers_many_documents() throws IOException {
        TenantId many = tenant();
        TenantId one = tenant();
        KnowledgeBaseId manyBase = base(many);
        KnowledgeBaseId oneBase = base(one);
        scheduler.pause();
        DocumentId single;
        try {
            for (int i = 0; i < 30; i++) {
                upload(many, manyBase, i + ".txt", utf8("Document number " + i + " of many."));
            }
            single = upload(one, oneBase, "single.txt", utf8("The only document."));
        } finally {
            scheduler.resume();
        }

        ended(one, single);

        assertThat(processing.waiting(many)).isGreaterThan(10);
    }

    @Test
    void reads_a_file_of_the_same_name_as_the_same_document_and_keeps_what_people_changed() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId document =
                upload(tenant, base, "house.md", utf8("# Hours\n\nWe open at nine.\n\n# Dogs\n\nDogs stay outside."));
        ended(tenant, document);
        EditableChunk hours =
                editing.list(tenant, document, PageRequest.first(9)).items().getFirst();
        editing.change(
                tenant, document, hours.chunk().id(), 1, Wish.text("We open at half past eight, says the boss."));

        DocumentId again = upload(
                tenant,
                base,
                "house.md",
                utf8("# Dogs\n\nDogs stay outside.\n\n# Lockers\n\nA coin each.\n\n# Hours\n\nWe open at nine."));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Document read = knowledge.findDocument(tenant, document).orElseThrow();
            assertThat(read.version()).isEqualTo(2);
            assertThat(read.status()).isEqualTo(DocumentStatus.READY);
        });

        assertThat(again).isEqualTo(document);
        assertThat(chunks(tenant, document))
                .extracting(Chunk::text)
                .containsExactly("Dogs stay outside.", "A coin each.", "We open at half past eight, says the boss.");
        assertThat(editing.conflicts(tenant, document)).isZero();
        assertThat(search(tenant, base, "What does the boss say?").getFirst().chunk())
                .isEqualTo(hours.chunk().id());
        assertThat(knowledge.documents(tenant, base, PageRequest.first(9)).items())
                .hasSize(1);
    }

    @Test
    void brings_an_edit_into_the_index_that_a_crash_kept_from_it() throws IOException {
        TenantId tenant = tenant();
        KnowledgeBaseId base = base(tenant);
        DocumentId document = upload(tenant, base, "house.md", utf8("# Hours\n\nWe open at nine."));
        ended(tenant, document);
        EditableChunk hours =
                editing.list(tenant, document, PageRequest.first(9)).items().getFirst();
        indexing.forget(tenant, document);
        transactions.run(tenant, () -> {
            jdbc.sql("update document set edits = 7 where tenant_id = ? and id = ?")
                    .params(tenant.value(), document.value())
                    .update();
            publisher.publishEvent(new ChunksEdited(tenant, document, 7));
        });

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> processing.editsToIndex(tenant, document).isEmpty());

        assertThat(search(tenant, base, "When do you open?"))
                .extracting(Passage::chunk)
                .containsExactly(hours.chunk().id());
    }

    @Test
    void does_not_show_another_tenants_passages() throws IOException {
        TenantId mine = tenant();
        TenantId theirs = tenant();
        KnowledgeBaseId theirBase = base(theirs);
        ended(theirs, upload(theirs, theirBase, "secret.txt", utf8("The vault code is 4711.")));
        assertThat(search(theirs, theirBase, "What is the vault code?")).hasSize(1);

        assertThat(search(mine, theirBase, "What is the vault code?")).isEmpty();
    }

    private static byte[] handbookPdf() {
        return TestFiles.pdf(
                "# Visitor handbook",
                "## Opening hours",
                "We open at nine and close at five on every",
                "day except Monday, when we are closed.",
                "## Tickets",
                "A ticket for an adult is twelve euros and a",
                "child comes in free with its parents.");
    }

    private DocumentId upload(TenantId tenant, KnowledgeBaseId base, String name, byte[] bytes) throws IOException {
        DocumentAddition addition =
                knowledge.addFile(tenant, base, name, "application/octet-stream", new ByteArrayInputStream(bytes));
        return ((DocumentAddition.Added) addition).document().id();
    }

    private Document ended(TenantId tenant, DocumentId id) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> knowledge.findDocument(tenant, id).orElseThrow(),
                        document -> Set.of(DocumentStatus.READY, DocumentStatus.FAILED)
                                .contains(document.status()));
    }

    private String reason(TenantId tenant, DocumentId id) {
        Document document = ended(tenant, id);
        assertThat(document.status()).isEqualTo(DocumentStatus.FAILED);
        return document.reason();
    }

    private List<Chunk> chunks(TenantId tenant, DocumentId id) {
        return knowledge.chunks(tenant, id, PageRequest.first(100)).items();
    }

    private List<Passage> search(TenantId tenant, KnowledgeBaseId base, String query) {
        return retrieval
                .search(tenant, new SearchRequest(Set.of(base), query, List.of(), 5))
                .passages();
    }

    private long embeddings(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from embedding")
                        .query(Long.class)
                        .single());
    }

    private long jobs(DocumentId id) {
        return jdbc.sql("select count(*) from scheduled_tasks where task_instance like ?")
                .param("%" + id + "%")
                .query(Long.class)
                .single();
    }

    private KnowledgeBaseId base(TenantId tenant) {
        return knowledge.createKnowledgeBase(tenant, "Handbook", "en").id();
    }

    private TenantId tenant() {
        Slug slug = new Slug("t-" + UUID.randomUUID().toString().substring(0, 13));
        TenantCreation created = tenancy.create(new NewTenant("Tenant " + slug, slug, "standard"));
        return ((TenantCreation.Created) created).tenant().id();
    }
}
