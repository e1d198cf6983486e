package io.switchboard.retrieval;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentFindings;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantCreation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** Puts documents into a tenant's knowledge, embedded and indexed, without the pipeline. */
@TestComponent
public class Library {

    private final TenancyService tenancy;
    private final KnowledgeService knowledge;
    private final DocumentProcessing processing;
    private final IndexingService indexing;
    private final Embedder embedder;

    Library(
            TenancyService tenancy,
            KnowledgeService knowledge,
            DocumentProcessing processing,
            IndexingService indexing,
            Embedder embedder) {
        this.tenancy = tenancy;
        this.knowledge = knowledge;
        this.processing = processing;
        this.indexing = indexing;
        this.embedder = embedder;
    }

    public TenantId tenant() {
        return tenant("standard");
    }

    public TenantId tenant(String plan) {
        Slug slug = new Slug("t-" + UUID.randomUUID().toString().substring(0, 13));
        TenantCreation created = tenancy.create(new NewTenant("Tenant " + slug, slug, plan));
        return ((TenantCreation.Created) created).tenant().id();
    }

    public KnowledgeBaseId knowledgeBase(TenantId tenant, String language) {
        return knowledge.createKnowledgeBase(tenant, "Knowledge", language).id();
    }

    /** A document that is ready and can be found. */
    public DocumentId document(TenantId tenant, KnowledgeBaseId base, String name, List<NewChunk> chunks) {
        return ready(tenant, stored(tenant, base, name, chunks));
    }

    public DocumentId document(TenantId tenant, KnowledgeBaseId base, String name, String... texts) {
        return document(
                tenant, base, name, List.of(texts).stream().map(this::chunk).toList());
    }

    /** A document that was found to be in a language. */
    public DocumentId inLanguage(TenantId tenant, KnowledgeBaseId base, String language, String name, String... texts) {
        List<NewChunk> chunks = List.of(texts).stream().map(this::chunk).toList();
        return ready(tenant, stored(tenant, base, language, name, chunks));
    }

    /** A question and its answer, ready. */
    public DocumentId faq(TenantId tenant, KnowledgeBaseId base, String question, String answer) {
        Document document = ((DocumentAddition.Added) knowledge.addFaq(tenant, base, question, answer)).document();
        complete(tenant, document, null, List.of(chunk(List.of(question), answer)));
        return ready(tenant, document);
    }

    /** A document whose chunks are in PostgreSQL but not in the index, and which is not ready. */
    public Document stored(TenantId tenant, KnowledgeBaseId base, String name, List<NewChunk> chunks) {
        return stored(tenant, base, null, name, chunks);
    }

    private Document stored(
            TenantId tenant, KnowledgeBaseId base, @Nullable String language, String name, List<NewChunk> chunks) {
        byte[] bytes = (name + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        try {
            Document document = ((DocumentAddition.Added)
                            knowledge.addFile(tenant, base, name, "text/plain", new ByteArrayInputStream(bytes)))
                    .document();
            complete(tenant, document, language, chunks);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public NewChunk chunk(String text) {
        return chunk(List.of(), text);
    }

    public NewChunk chunk(List<String> headingPath, String text) {
        return new NewChunk(headingPath, text, embedder.countTokens(text));
    }

    private DocumentId ready(TenantId tenant, Document document) {
        indexing.index(tenant, document.id());
        processing.markReady(tenant, document.id(), document.version());
        return document.id();
    }

    private void complete(TenantId tenant, Document document, @Nullable String language, List<NewChunk> chunks) {
        processing.begin(tenant, document.id(), document.version());
        List<float[]> vectors = embedder.embedPassages(
                chunks.stream().map(NewChunk::embeddedText).toList());
        Map<String, float[]> byHash = new HashMap<>();
        for (int i = 0; i < chunks.size(); i++) {
            byHash.put(chunks.get(i).textHash(), vectors.get(i));
        }
        processing.storeEmbeddings(tenant, embedder.model(), byHash);
        processing.complete(
                tenant,
                document.id(),
                document.version(),
                new DocumentFindings(document.mediaType(), language),
                embedder.model(),
                chunks);
    }
}
