package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantCreation;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Checklist: ASVS 2.4.1 and LLM10 (many uploads at once never exceed a plan). */
@SwitchboardTest
@RecordApplicationEvents
class KnowledgeServiceTest {

    private static final String MODEL = "test-model";

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    DocumentProcessing processing;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstallationSettings installation;

    @Autowired
    ApplicationEvents events;

    @Test
    void creates_and_lists_knowledge_bases_page_by_page() {
        TenantId tenant = tenant("standard");
        List<KnowledgeBaseId> created = IntStream.range(0, 5)
                .mapToObj(n -> knowledge.createKnowledgeBase(tenant, " Handbook " + n + " ", "en"))
                .map(KnowledgeBase::id)
                .toList();

        Slice<KnowledgeBase> first = knowledge.knowledgeBases(tenant, PageRequest.first(3));
        Slice<KnowledgeBase> second = knowledge.knowledgeBases(tenant, new PageRequest(3, first.next()));

        assertThat(Stream.concat(first.items().stream(), second.items().stream())
                        .map(KnowledgeBase::id))
                .containsExactlyInAnyOrderElementsOf(created);
        assertThat(second.next()).isNull();
        assertThat(knowledge.findKnowledgeBase(tenant, created.getFirst()))
                .get()
                .extracting(KnowledgeBase::name, KnowledgeBase::language, KnowledgeBase::documents)
                .containsExactly("Handbook 0", "en", 0L);
    }

    @Test
    void refuses_a_knowledge_base_without_a_name_or_language() {
        TenantId tenant = tenant("standard");

        assertThatThrownBy(() -> knowledge.createKnowledgeBase(tenant, " ", "en"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> knowledge.createKnowledgeBase(tenant, "Handbook", "English"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stores_a_file_under_a_path_of_its_own_making() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);

        Document document = added(tenant, base, "..\\..//etc/pass\u202Ewd\0.txt", "opening hours");

        assertThat(document.name()).isEqualTo("passwd.txt");
        assertThat(document.status()).isEqualTo(DocumentStatus.PENDING);
        assertThat(document.sizeBytes()).isEqualTo(13);
        assertThat(files(tenant))
                .hasSize(1)
                .allSatisfy(
                        file -> assertThat(UUID.fromString(file.getFileName().toString()))
                                .isNotNull());
        try (InputStream stored = processing.open(tenant, document.id())) {
            assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("opening hours");
        }
        assertThat(events.stream(DocumentAdded.class)).containsExactly(new DocumentAdded(tenant, document.id(), 1));
    }

    @Test
    void accepts_a_file_without_bytes() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);

        Document one = added(tenant, base, "one.txt", "");
        Document two = added(tenant, base, "two.txt", "");

        assertThat(one.sizeBytes()).isZero();
        assertThat(two.id()).isNotEqualTo(one.id());
    }

    @Test
    void returns_the_document_that_has_the_same_content() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        Document first = added(tenant, base, "hours.txt", "opening hours");

        Document again = added(tenant, base, "hours.txt", "opening hours");

        assertThat(again).isEqualTo(first);
        assertThat(files(tenant)).hasSize(1);
    }

    @Test
    void gives_the_document_of_a_name_its_new_content_and_keeps_no_byte_of_the_old() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        Document first = added(tenant, base, "hours.txt", "opening hours");
        chunk(tenant, first, "opening hours");
        processing.markReady(tenant, first.id(), 1);
        Chunk before = knowledge
                .chunks(tenant, first.id(), PageRequest.first(9))
                .items()
                .getFirst();

        Document changed = added(tenant, base, "hours.txt", "new opening hours");

        assertThat(changed.id()).isEqualTo(first.id());
        assertThat(changed)
                .extracting(Document::status, Document::version, Document::sizeBytes)
                .containsExactly(DocumentStatus.PENDING, 2, 17L);
        assertThat(files(tenant)).hasSize(1);
        try (InputStream stored = processing.open(tenant, first.id())) {
            assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("new opening hours");
        }
        assertThat(knowledge.chunksById(tenant, List.of(before.id())))
                .as("answers come from the former text until the new one is ready")
                .hasSize(1);
        assertThat(processing.begin(tenant, first.id(), 1)).isEmpty();
        assertThat(added(tenant, base(tenant), "hours.txt", "new opening hours").id())
                .as("in another knowledge base")
                .isNotEqualTo(first.id());
    }

    @Test
    void gives_a_failed_document_another_try_when_it_is_sent_again() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        Document first = added(tenant, base, "hours.doc", "opening hours");
        processing.begin(tenant, first.id(), 1);
        processing.fail(tenant, first.id(), 1, "It is broken.");

        Document again = added(tenant, base, "hours.txt", "opening hours");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again)
                .extracting(Document::status, Document::reason, Document::version, Document::name)
                .containsExactly(DocumentStatus.PENDING, null, 2, "hours.txt");
        assertThat(processing.begin(tenant, first.id(), 1)).isEmpty();
        assertThat(processing.begin(tenant, first.id(), 2)).isPresent();
    }

    @Test
    void refuses_a_file_above_the_limit_and_keeps_nothing_of_it() throws IOException {
        TenantId tenant = tenant("unlimited");
        KnowledgeBaseId base = base(tenant);
        long limit = 50L * 1024 * 1024;
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };

        DocumentAddition result = knowledge.addFile(tenant, base, "endless.txt", "text/plain", endless);

        assertThat(result).isEqualTo(new DocumentAddition.TooLarge(limit));
        assertThat(files(tenant)).isEmpty();
    }

    @Test
    void refuses_an_unknown_knowledge_base_and_keeps_no_bytes() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId theirs = base(tenant("standard"));

        assertThat(add(tenant, theirs, "a.txt", "text")).isInstanceOf(DocumentAddition.UnknownKnowledgeBase.class);
        assertThat(knowledge.addFaq(tenant, KnowledgeBaseId.next(), "Why?", "Because."))
                .isInstanceOf(DocumentAddition.UnknownKnowledgeBase.class);
        assertThat(files(tenant)).isEmpty();
    }

    @Test
    void never_exceeds_the_plan_with_many_uploads_at_once() throws Exception {
        tenancy.savePlan(new Plan("three-documents", null, 3L, null));
        TenantId tenant = tenant("three-documents");
        KnowledgeBaseId base = base(tenant);

        List<DocumentAddition> results = atOnce(20, n -> add(tenant, base, n + ".txt", "text " + n));

        assertThat(results).filteredOn(DocumentAddition.Added.class::isInstance).hasSize(3);
        assertThat(results)
                .filteredOn(result -> result.equals(new DocumentAddition.PlanFull(3)))
                .hasSize(17);
        assertThat(files(tenant)).hasSize(3);
    }

    @Test
    void never_exceeds_the_storage_of_the_plan_with_many_uploads_at_once() throws Exception {
        tenancy.savePlan(new Plan("hundred-bytes", null, null, 100L));
        TenantId tenant = tenant("hundred-bytes");
        KnowledgeBaseId base = base(tenant);

        List<DocumentAddition> results = atOnce(12, n -> add(tenant, base, n + ".txt", "%030d".formatted(n)));

        assertThat(results).filteredOn(DocumentAddition.Added.class::isInstance).hasSize(3);
        assertThat(results)
                .filteredOn(result -> result.equals(new DocumentAddition.StorageFull(100)))
                .hasSize(9);
    }

    @Test
    void stores_identical_content_once_when_it_is_sent_many_times_at_once() throws Exception {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);

        List<DocumentAddition> results = atOnce(10, n -> add(tenant, base, "same.txt", "the same text"));

        assertThat(results.stream().distinct()).hasSize(1).first().isInstanceOf(DocumentAddition.Added.class);
        assertThat(files(tenant)).hasSize(1);
    }

    @Test
    void lists_documents_newest_first_and_counts_them() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        List<DocumentId> added = IntStream.range(0, 5)
                .mapToObj(n -> unchecked(() -> added(tenant, base, n + ".txt", "text " + n)))
                .map(Document::id)
                .toList();

        Slice<Document> first = knowledge.documents(tenant, base, PageRequest.first(3));
        Slice<Document> second = knowledge.documents(tenant, base, new PageRequest(3, first.next()));

        assertThat(Stream.concat(first.items().stream(), second.items().stream())
                        .map(Document::id))
                .containsExactlyInAnyOrderElementsOf(added)
                .isSortedAccordingTo((one, other) -> other.toString().compareTo(one.toString()));
        assertThat(knowledge.findKnowledgeBase(tenant, base).orElseThrow().documents())
                .isEqualTo(5);
    }

    @Test
    void shows_chunks_of_ready_documents_only() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        chunk(tenant, document, "We open at nine.", "We close at five.");
        List<ChunkId> ids = knowledge.chunks(tenant, document.id(), PageRequest.first(10)).items().stream()
                .map(Chunk::id)
                .toList();
        assertThat(ids).hasSize(2);
        assertThat(knowledge.chunksById(tenant, ids)).isEmpty();

        processing.markReady(tenant, document.id(), 1);

        assertThat(knowledge.chunksById(tenant, ids))
                .hasSize(2)
                .allSatisfy(found -> assertThat(found.documentName()).isEqualTo("hours.txt"))
                .extracting(found -> found.chunk().text())
                .containsExactlyInAnyOrder("We open at nine.", "We close at five.");
        assertThat(knowledge.findDocument(tenant, document.id()).orElseThrow())
                .extracting(Document::status, Document::progress, Document::chunks, Document::mediaType)
                .containsExactly(DocumentStatus.READY, 1.0, 2, "text/plain");
    }

    @Test
    void pages_through_chunks_in_document_order() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        chunk(tenant, document, "one", "two", "three");

        Slice<Chunk> first = knowledge.chunks(tenant, document.id(), PageRequest.first(2));
        Slice<Chunk> second = knowledge.chunks(tenant, document.id(), new PageRequest(2, first.next()));

        assertThat(first.items()).extracting(Chunk::text).containsExactly("one", "two");
        assertThat(second.items()).extracting(Chunk::text).containsExactly("three");
        assertThat(second.items().getFirst().headingPath()).containsExactly("Title", "Section");
    }

    @Test
    void deletes_bytes_rows_and_vectors_but_keeps_a_vector_that_another_document_uses() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        Document kept = added(tenant, base, "kept.txt", "kept");
        Document gone = added(tenant, base, "gone.txt", "gone");
        chunk(tenant, kept, "shared passage");
        chunk(tenant, gone, "shared passage", "own passage");
        assertThat(embeddings(tenant)).isEqualTo(2);

        assertThat(knowledge.deleteDocument(tenant, gone.id())).isTrue();

        assertThat(knowledge.findDocument(tenant, gone.id())).isEmpty();
        assertThat(files(tenant)).hasSize(1);
        assertThat(embeddings(tenant)).isEqualTo(1);
        assertThat(processing.embeddedChunks(tenant, kept.id(), MODEL))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.vector()).containsExactly(0.5f, -1.25f));
        assertThat(events.stream(DocumentRemoved.class)).containsExactly(new DocumentRemoved(tenant, base, gone.id()));
        assertThat(knowledge.deleteDocument(tenant, gone.id())).isFalse();
    }

    @Test
    void replaces_chunks_as_a_whole_and_drops_vectors_of_texts_that_went() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        chunk(tenant, document, "stays", "goes");

        chunk(tenant, document, "comes", "stays");

        assertThat(knowledge.chunks(tenant, document.id(), PageRequest.first(9)).items())
                .extracting(Chunk::text)
                .containsExactly("comes", "stays");
        assertThat(embeddings(tenant)).isEqualTo(2);
        assertThat(processing.embeddedChunks(tenant, document.id(), MODEL))
                .hasSize(2)
                .allSatisfy(chunk -> assertThat(chunk.vector()).isNotNull());
    }

    @Test
    void does_not_complete_without_every_vector() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        processing.begin(tenant, document.id(), 1);
        NewChunk chunk = new NewChunk(List.of("Title"), "not embedded", 2);

        Completion result = processing.complete(
                tenant, document.id(), 1, new DocumentFindings("text/plain", null), MODEL, List.of(chunk));

        assertThat(result).isEqualTo(new Completion.Incomplete(Set.of(chunk.textHash())));
        assertThat(knowledge.chunks(tenant, document.id(), PageRequest.first(9)).items())
                .isEmpty();
    }

    @Test
    void throws_work_for_a_deleted_document_away() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        processing.begin(tenant, document.id(), 1);
        knowledge.deleteDocument(tenant, document.id());
        NewChunk chunk = new NewChunk(List.of(), "text", 1);
        processing.storeEmbeddings(tenant, MODEL, Map.of(chunk.textHash(), new float[] {1}));

        assertThat(processing.complete(
                        tenant, document.id(), 1, new DocumentFindings("text/plain", null), MODEL, List.of(chunk)))
                .isInstanceOf(Completion.Superseded.class);
        assertThat(processing.progress(tenant, document.id(), 1, 0.5)).isFalse();
        assertThat(processing.markReady(tenant, document.id(), 1)).isFalse();
        assertThat(embeddings(tenant)).isZero();
    }

    @Test
    void stores_text_with_nul_characters() throws IOException {
        TenantId tenant = tenant("standard");
        KnowledgeBaseId base = base(tenant);
        Document document = added(tenant, base, "hours.txt", "opening hours");

        chunk(tenant, document, "We open\0 at nine.");
        DocumentAddition faq = knowledge.addFaq(tenant, base, "When\0?", "At\0 nine.");

        assertThat(knowledge.chunks(tenant, document.id(), PageRequest.first(9)).items())
                .extracting(Chunk::text)
                .containsExactly("We open at nine.");
        assertThat(faq)
                .isInstanceOfSatisfying(
                        DocumentAddition.Added.class,
                        added -> assertThat(added.document().name()).isEqualTo("When?"));
    }

    @Test
    void never_moves_progress_back() throws IOException {
        TenantId tenant = tenant("standard");
        Document document = added(tenant, base(tenant), "hours.txt", "opening hours");
        processing.begin(tenant, document.id(), 1);

        processing.progress(tenant, document.id(), 1, 0.6);
        processing.progress(tenant, document.id(), 1, 0.2);

        assertThat(knowledge.findDocument(tenant, document.id()).orElseThrow().progress())
                .isEqualTo(0.6);
    }

    @Test
    void does_not_show_another_tenants_documents() throws IOException {
        TenantId mine = tenant("standard");
        TenantId theirs = tenant("standard");
        KnowledgeBaseId base = base(theirs);
        Document document = added(theirs, base, "secret.txt", "secret");
        chunk(theirs, document, "secret passage");
        processing.markReady(theirs, document.id(), 1);
        List<ChunkId> chunks = knowledge.chunks(theirs, document.id(), PageRequest.first(9)).items().stream()
                .map(Chunk::id)
                .toList();
        assertThat(knowledge.chunksById(theirs, chunks)).hasSize(1);

        assertThat(knowledge.findKnowledgeBase(mine, base)).isEmpty();
        assertThat(knowledge.knowledgeBases(mine, PageRequest.first(9)).items()).isEmpty();
        assertThat(knowledge.findDocument(mine, document.id())).isEmpty();
        assertThat(knowledge.documents(mine, base, PageRequest.first(9)).items())
                .isEmpty();
        assertThat(knowledge.chunks(mine, document.id(), PageRequest.first(9)).items())
                .isEmpty();
        assertThat(knowledge.chunksById(mine, chunks)).isEmpty();
        assertThat(knowledge.deleteDocument(mine, document.id())).isFalse();
        assertThat(processing.begin(mine, document.id(), 1)).isEmpty();
        assertThat(processing.embeddedChunks(mine, document.id(), MODEL)).isEmpty();
        assertThat(processing.knownEmbeddings(
                        mine,
                        MODEL,
                        List.of(new NewChunk(List.of("Title", "Section"), "secret passage", 2).textHash())))
                .isEmpty();
        assertThat(processing.readyDocuments(mine, PageRequest.first(9)).items())
                .isEmpty();
        assertThat(processing.readyDocuments(theirs, PageRequest.first(9)).items())
                .hasSize(1);
    }

    private void chunk(TenantId tenant, Document document, String... texts) {
        processing.begin(tenant, document.id(), document.version());
        List<NewChunk> chunks = Stream.of(texts)
                .map(text -> new NewChunk(List.of("Title", "Section"), text, 4))
                .toList();
        chunks.forEach(chunk ->
                processing.storeEmbeddings(tenant, MODEL, Map.of(chunk.textHash(), new float[] {0.5f, -1.25f})));
        Completion result = processing.complete(
                tenant, document.id(), document.version(), new DocumentFindings("text/plain", null), MODEL, chunks);
        assertThat(result).isInstanceOf(Completion.Stored.class);
    }

    private DocumentAddition add(TenantId tenant, KnowledgeBaseId base, String name, String text) throws IOException {
        return knowledge.addFile(
                tenant,
                base,
                name,
                "application/octet-stream",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Document added(TenantId tenant, KnowledgeBaseId base, String name, String text) throws IOException {
        return ((DocumentAddition.Added) add(tenant, base, name, text)).document();
    }

    private KnowledgeBaseId base(TenantId tenant) {
        return knowledge.createKnowledgeBase(tenant, "Handbook", "en").id();
    }

    private long embeddings(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from embedding")
                        .query(Long.class)
                        .single());
    }

    private List<Path> files(TenantId tenant) throws IOException {
        Path directory = installation.dataDir().resolve("files").resolve(tenant.toString());
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private TenantId tenant(String plan) {
        Slug slug = new Slug("t-" + UUID.randomUUID().toString().substring(0, 13));
        TenantCreation created = tenancy.create(new NewTenant("Tenant " + slug, slug, plan));
        return ((TenantCreation.Created) created).tenant().id();
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int times, Numbered<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Callable<T>> calls = IntStream.range(0, times)
                    .<Callable<T>>mapToObj(n -> () -> work.call(n))
                    .toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
