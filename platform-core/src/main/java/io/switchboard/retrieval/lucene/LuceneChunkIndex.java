package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.TermHash;
import io.switchboard.retrieval.VectorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Each tenant's chunks in a Lucene index of its own, {@code index/<tenant id>/<model>} in the data directory, opened when it is first
 * used. One process owns the directory; replicas need an index that they share.
 */
final class LuceneChunkIndex implements ChunkIndex, AutoCloseable {

    static final String NAME = "embedded";

    private final Path directory;
    private final Function<TenantId, VectorModel> models;
    private final int exactUpTo;
    private final Map<Key, TenantIndex> open = new ConcurrentHashMap<>();

    /** @param models says whose vectors a tenant is searched by; each model has an index of its own */
    LuceneChunkIndex(Path directory, Function<TenantId, VectorModel> models) {
        this(directory, models, DenseSearch.EXACT_UP_TO);
    }

    /** As the other, with graphs for tenants of more chunks than given. */
    LuceneChunkIndex(Path directory, Function<TenantId, VectorModel> models, int exactUpTo) {
        this.directory = directory;
        this.models = models;
        this.exactUpTo = exactUpTo;
    }

    private record Key(TenantId tenant, VectorModel model) {}

    private Path tenantDirectory(TenantId tenant) {
        return directory.resolve(tenant.toString());
    }

    Path path(TenantId tenant, VectorModel model) {
        return tenantDirectory(tenant).resolve(Long.toHexString(TermHash.of(model.name())) + "-" + model.dimension());
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
        removeFormerModels(tenant);
    }

    @Override
    public void removeFormerModels(TenantId tenant) {
        VectorModel present = models.apply(tenant);
        for (Key key : List.copyOf(open.keySet())) {
            if (key.tenant().equals(tenant) && !key.model().equals(present)) {
                open.computeIfPresent(key, (_, index) -> closed(index));
            }
        }
        Path kept = path(tenant, present);
        try (Stream<Path> entries = Files.list(tenantDirectory(tenant))) {
            for (Path entry : entries.filter(each -> !each.equals(kept)).toList()) {
                FileSystemUtils.deleteRecursively(entry);
            }
        } catch (NoSuchFileException _) {
            // the tenant has never had an index
        } catch (IOException e) {
            throw new UncheckedIOException("former indexes of tenant " + tenant + " in " + directory + " stay", e);
        }
    }

    private static @Nullable TenantIndex closed(TenantIndex index) {
        try {
            index.close();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("index does not close", e);
        }
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
            return work.on(open.compute(new Key(tenant, models.apply(tenant)), this::opened));
        } catch (IOException e) {
            throw new UncheckedIOException("index of tenant " + tenant + " in " + directory, e);
        }
    }

    /** Lucene closes an index for good when a write fails, for example on a full disk; the next use tries again. */
    private TenantIndex opened(Key key, @Nullable TenantIndex current) {
        if (current != null && current.isOpen()) {
            return current;
        }
        try {
            return TenantIndex.open(path(key.tenant(), key.model()), key.model().name(), exactUpTo);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "index of tenant " + key.tenant() + " in " + directory + " does not open", e);
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
