package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Each tenant's chunks in a Lucene index of its own, {@code index/<tenant id>} in the data directory, opened when it is first used. One
 * process owns the directory; replicas need an index that they share.
 */
final class LuceneChunkIndex implements ChunkIndex, AutoCloseable {

    static final String NAME = "embedded";

    private final Path directory;
    private final String model;
    private final int exactUpTo;
    private final Map<TenantId, TenantIndex> open = new ConcurrentHashMap<>();

    /** @param model name of the embedding model; indexes made with another one start empty */
    LuceneChunkIndex(Path directory, String model) {
        this(directory, model, DenseSearch.EXACT_UP_TO);
    }

    /** As the other, with graphs for tenants of more chunks than given. */
    LuceneChunkIndex(Path directory, String model, int exactUpTo) {
        this.directory = directory;
        this.model = model;
        this.exactUpTo = exactUpTo;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void replace(TenantId tenant, DocumentId document, List<IndexedChunk> chunks) {
        if (chunks.isEmpty()) {
            remove(tenant, document);
            return;
        }
        change(tenant, index -> index.replace(document, chunks));
    }

    @Override
    public void remove(TenantId tenant, DocumentId document) {
        change(tenant, index -> index.remove(document));
    }

    @Override
    public void removeTenant(TenantId tenant) {
        change(tenant, TenantIndex::clear);
    }

    @Override
    public List<Hit> dense(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, float[] vector, int limit) {
        return use(tenant, index -> index.dense(knowledgeBases, vector, limit));
    }

    @Override
    public List<Hit> lexical(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, List<String> terms, int limit) {
        return use(tenant, index -> index.lexical(knowledgeBases, terms, limit));
    }

    @Override
    public Map<String, Long> documentFrequencies(TenantId tenant, Set<String> terms) {
        return use(tenant, index -> index.documentFrequencies(terms));
    }

    @Override
    public Set<DocumentId> documents(TenantId tenant) {
        return use(tenant, TenantIndex::documents);
    }

    @Override
    public long size(TenantId tenant) {
        return use(tenant, TenantIndex::size);
    }

    private void change(TenantId tenant, Change change) {
        use(tenant, index -> {
            change.to(index);
            return index;
        });
    }

    private <T> T use(TenantId tenant, Work<T> work) {
        try {
            return work.on(open.compute(tenant, this::opened));
        } catch (IOException e) {
            throw new UncheckedIOException("index of tenant " + tenant + " in " + directory, e);
        }
    }

    /** Lucene closes an index for good when a write fails, for example on a full disk; the next use tries again. */
    private TenantIndex opened(TenantId tenant, @Nullable TenantIndex current) {
        if (current != null && current.isOpen()) {
            return current;
        }
        try {
            return TenantIndex.open(directory.resolve(tenant.toString()), model, exactUpTo);
        } catch (IOException e) {
            throw new UncheckedIOException("index of tenant " + tenant + " in " + directory + " does not open", e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(index -> {
            try {
                index.close();
            } catch (IOException e) {
                throw new UncheckedIOException("index does not close: " + directory, e);
            }
        });
    }

    private interface Change {
        void to(TenantIndex index) throws IOException;
    }

    private interface Work<T> {
        T on(TenantIndex index) throws IOException;
    }
}
