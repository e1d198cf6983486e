package io.switchboard.retrieval.pgvector;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Bm25;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.QueryTerms;
import io.switchboard.retrieval.TermHash;
import io.switchboard.retrieval.pgvector.Shelves.Shelf;
import io.switchboard.tenancy.TenantTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chunks in tables behind the tenant wall. A replaced document is one transaction: searches see the old chunks or the new ones, and a
 * crash leaves the old ones.
 */
final class PgvectorChunkIndex implements ChunkIndex {

    static final String NAME = "pgvector";

    private final TenantTransactions transactions;
    private final Shelves shelves;
    private final Postings postings;
    private final Embeddings embeddings;
    private final ChunkRows rows;
    private final Graphs graphs;

    PgvectorChunkIndex(
            TenantTransactions transactions,
            Shelves shelves,
            Postings postings,
            Embeddings embeddings,
            ChunkRows rows,
            Graphs graphs) {
        this.transactions = transactions;
        this.shelves = shelves;
        this.postings = postings;
        this.embeddings = embeddings;
        this.rows = rows;
        this.graphs = graphs;
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
        transactions.run(tenant, () -> {
            if (shelves.isCurrent(tenant, shelves.lock(tenant))) {
                rows.remove(tenant, document);
            } else {
                rows.removeAll(tenant);
                shelves.claim(tenant);
            }
            rows.add(tenant, document, chunks);
        });
        if (size(tenant) > Embeddings.EXACT_UP_TO) {
            chunks.stream()
                    .map(IndexedChunk::vector)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(vector -> graphs.wantWhenFilled(tenant, vector.length));
        }
    }

    @Override
    public void remove(TenantId tenant, DocumentId document) {
        transactions.run(tenant, () -> {
            if (shelves.lockIfThere(tenant).isPresent()) {
                rows.remove(tenant, document);
            }
        });
        if (size(tenant) < Graphs.WORTHLESS_BELOW) {
            graphs.unwant(tenant);
        }
    }

    @Override
    public void removeTenant(TenantId tenant) {
        transactions.run(tenant, () -> {
            if (shelves.lockIfThere(tenant).isPresent()) {
                rows.removeAll(tenant);
                shelves.removeHeader(tenant);
            }
        });
        graphs.drop(tenant);
    }

    /** There is nothing of them: the first chunk that a model has takes the place of all that the former one had. */
    @Override
    public void removeFormerModels(TenantId tenant) {
        transactions.run(tenant, () -> {
            if (shelves.lockIfThere(tenant)
                    .filter(madeWith -> !shelves.isCurrent(tenant, madeWith))
                    .isPresent()) {
                rows.removeAll(tenant);
                shelves.claim(tenant);
            }
        });
    }

    @Override
    public List<Hit> dense(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, float[] vector, int limit) {
        return transactions.call(tenant, () -> {
            List<Shelf> searched = searched(shelves.of(tenant), knowledgeBases);
            if (searched.isEmpty()) {
                return List.of();
            }
            int[] bases = numbers(searched);
            if (chunks(searched) <= Embeddings.EXACT_UP_TO) {
                return embeddings.exact(tenant, bases, vector, limit);
            }
            if (graphs.isUsable(tenant, vector.length)) {
                return embeddings.byGraph(tenant, bases, vector, limit);
            }
            graphs.want(tenant, vector.length);
            return embeddings.exact(tenant, bases, vector, limit);
        });
    }

    @Override
    public List<Hit> lexical(TenantId tenant, Set<KnowledgeBaseId> knowledgeBases, List<String> terms, int limit) {
        return transactions.call(tenant, () -> {
            List<Shelf> all = shelves.of(tenant);
            List<Shelf> searched = searched(all, knowledgeBases);
            Map<Long, Integer> counts = new HashMap<>();
            QueryTerms.counted(terms).forEach((term, count) -> counts.merge(TermHash.of(term), count, Integer::sum));
            Map<Long, Long> frequencies = postings.frequencies(tenant, counts.keySet());
            if (searched.isEmpty() || frequencies.isEmpty()) {
                return List.of();
            }
            long worded = all.stream().mapToLong(Shelf::worded).sum();
            double average = (double) all.stream().mapToLong(Shelf::words).sum() / worded;
            Map<Long, Double> weights = new HashMap<>();
            frequencies.forEach(
                    (term, having) -> weights.put(term, counts.getOrDefault(term, 0) * Bm25.rarity(worded, having)));
            boolean bounded = frequencies.values().stream().anyMatch(having -> having > Postings.MOST_OF_A_TERM);
            return postings.best(tenant, numbers(searched), weights, average, bounded, limit);
        });
    }

    @Override
    public Map<String, Long> documentFrequencies(TenantId tenant, Set<String> terms) {
        Map<String, Long> hashes = terms.stream().collect(Collectors.toMap(term -> term, TermHash::of));
        return transactions.call(tenant, () -> {
            if (shelves.of(tenant).isEmpty()) {
                return Map.of();
            }
            Map<Long, Long> found = postings.frequencies(tenant, hashes.values());
            return hashes.entrySet().stream()
                    .filter(entry -> found.containsKey(entry.getValue()))
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> found.getOrDefault(entry.getValue(), 0L)));
        });
    }

    @Override
    public Set<DocumentId> documents(TenantId tenant) {
        return transactions.call(tenant, () -> rows.documents(tenant));
    }

    @Override
    public long size(TenantId tenant) {
        return transactions.call(tenant, () -> chunks(shelves.of(tenant)));
    }

    private static List<Shelf> searched(List<Shelf> all, Set<KnowledgeBaseId> knowledgeBases) {
        return all.stream()
                .filter(shelf -> knowledgeBases.contains(shelf.knowledgeBase()))
                .toList();
    }

    private static long chunks(List<Shelf> shelves) {
        return shelves.stream().mapToLong(Shelf::chunks).sum();
    }

    private static int[] numbers(List<Shelf> shelves) {
        return shelves.stream().mapToInt(Shelf::number).toArray();
    }
}
