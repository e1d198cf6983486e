package io.switchboard.retrieval;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Chunk;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.EmbeddedChunk;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What an index is made of, read from PostgreSQL: what holds now, so that nothing expired crowds valid passages out of a search. */
@Component
class IndexSource {

    private final KnowledgeService knowledge;
    private final DocumentProcessing processing;
    private final TenantEmbedders embedders;
    private final TextAnalysis analysis;
    private final Clock clock;

    IndexSource(
            KnowledgeService knowledge,
            DocumentProcessing processing,
            TenantEmbedders embedders,
            TextAnalysis analysis,
            Clock clock) {
        this.knowledge = knowledge;
        this.processing = processing;
        this.embedders = embedders;
        this.analysis = analysis;
        this.clock = clock;
    }

    /**
     * A document's chunks in order, embedded where they are not yet and the model can be had; empty if it has none or does not exist.
     *
     * @param model whose vectors are wanted
     */
    List<IndexedChunk> chunks(TenantId tenant, DocumentId document, VectorModel model) {
        List<EmbeddedChunk> stored = processing.embeddedChunks(tenant, document, model.name());
        Map<String, float[]> embeddedNow = embedders
                .find(model)
                .map(each -> embedMissing(tenant, each, stored))
                .orElse(Map.of());
        return indexed(tenant, stored, embeddedNow);
    }

    /** As {@link #chunks}, but nothing is embedded; what has no vector goes without. */
    List<IndexedChunk> storedChunks(TenantId tenant, DocumentId document, VectorModel model) {
        return indexed(tenant, processing.embeddedChunks(tenant, document, model.name()), Map.of());
    }

    private List<IndexedChunk> indexed(TenantId tenant, List<EmbeddedChunk> stored, Map<String, float[]> embeddedNow) {
        if (stored.isEmpty()) {
            return List.of();
        }
        DocumentId document = stored.getFirst().chunk().document();
        Optional<String> language = processing.language(tenant, document);
        if (language.isEmpty()) {
            return List.of();
        }
        return stored.stream()
                .map(embedded -> indexed(embedded, embeddedNow, language.get()))
                .toList();
    }

    private IndexedChunk indexed(EmbeddedChunk embedded, Map<String, float[]> embeddedNow, String language) {
        Chunk chunk = embedded.chunk();
        float[] vector = embedded.vector() != null ? embedded.vector() : embeddedNow.get(chunk.textHash());
        return new IndexedChunk(chunk.id(), chunk.knowledgeBase(), analysis.terms(language, text(chunk)), vector);
    }

    /** Vectors by text hash of chunks that the model has not seen, as after a change of the model or of a text. */
    private Map<String, float[]> embedMissing(TenantId tenant, Embedder embedder, List<EmbeddedChunk> stored) {
        Map<String, String> missing = new HashMap<>();
        for (EmbeddedChunk embedded : stored) {
            if (embedded.vector() == null) {
                missing.put(embedded.chunk().textHash(), text(embedded.chunk()));
            }
        }
        if (missing.isEmpty()) {
            return Map.of();
        }
        List<String> hashes = List.copyOf(missing.keySet());
        List<float[]> vectors =
                embedder.embedPassages(hashes.stream().map(missing::get).toList());
        Map<String, float[]> byHash = new HashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            byHash.put(hashes.get(i), vectors.get(i));
        }
        processing.storeEmbeddings(tenant, embedder.model(), byHash);
        return byHash;
    }

    private static String text(Chunk chunk) {
        return new NewChunk(chunk.headingPath(), chunk.text(), chunk.tokens()).embeddedText();
    }

    /** Chunks of the tenant, of documents in whatever state. */
    long countChunks(TenantId tenant) {
        AtomicLong count = new AtomicLong();
        forEach(tenant, document -> count.addAndGet(document.expired(clock.instant()) ? 0 : document.chunks()));
        return count.get();
    }

    /** Documents that have chunks, in whatever state: what is being processed may be in the index before it is ready. */
    void forEachDocument(TenantId tenant, Consumer<DocumentId> work) {
        forEach(tenant, document -> {
            if (document.chunks() > 0 && !document.expired(clock.instant())) {
                work.accept(document.id());
            }
        });
    }

    private void forEach(TenantId tenant, Consumer<Document> work) {
        for (KnowledgeBase base : all(page -> knowledge.knowledgeBases(tenant, page))) {
            all(page -> knowledge.documents(tenant, base.id(), page)).forEach(work);
        }
    }

    private static <T> List<T> all(Function<PageRequest, Slice<T>> pages) {
        List<T> items = new ArrayList<>();
        Slice<T> slice = pages.apply(PageRequest.first(PageRequest.MAX_LIMIT));
        items.addAll(slice.items());
        while (slice.next() != null) {
            slice = pages.apply(new PageRequest(PageRequest.MAX_LIMIT, slice.next()));
            items.addAll(slice.items());
        }
        return items;
    }
}
