package io.switchboard.retrieval.qdrant;

import static io.qdrant.client.ConditionFactory.match;

import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.qdrant.QdrantServer.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What BM25 wants to know of a tenant's chunks. Qdrant's own weight for rare words counts the chunks of all tenants, so we count; what was
 * counted serves for a short while, and no longer than until this process changes the tenant's chunks.
 */
final class WordStatistics {

    private static final Duration SERVES = Duration.ofSeconds(30);

    /** Far above the number of different lengths that chunks have. */
    private static final int MOST_LENGTHS = 100_000;

    private final ChunkCollection collection;
    private final Clock clock;
    private final Map<TenantId, Counted> counted = new ConcurrentHashMap<>();

    WordStatistics(ChunkCollection collection, Clock clock) {
        this.collection = collection;
        this.clock = clock;
    }

    /**
     * A tenant's figures.
     *
     * @param chunks of the tenant
     * @param worded of these, chunks that have words
     * @param words of all chunks
     */
    record Totals(long chunks, long worded, long words) {

        double averageWords() {
            return (double) words / worded;
        }
    }

    private record Counted(Instant until, Totals totals, Map<Integer, Long> having) {}

    void forget(TenantId tenant) {
        counted.remove(tenant);
    }

    Totals totals(TenantId tenant) {
        return counted(tenant).totals();
    }

    /** How many of the tenant's chunks have each word; words that none has are absent. */
    Map<Integer, Long> having(TenantId tenant, Collection<Integer> words) {
        Map<Integer, Long> known = counted(tenant).having();
        List<Integer> unknown = words.stream()
                .filter(word -> !known.containsKey(word))
                .distinct()
                .toList();
        List<Call<Long>> calls = new ArrayList<>();
        for (int word : unknown) {
            calls.add(client -> client.countAsync(
                    collection.name(),
                    ChunkCollection.of(tenant)
                            .addMust(match(ChunkCollection.TERMS, Integer.toUnsignedLong(word)))
                            .build(),
                    true));
        }
        List<Long> counts = collection.server().callAll("count the chunks with a word", calls);
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i), counts.get(i));
        }
        Map<Integer, Long> having = new HashMap<>();
        for (int word : words) {
            long chunks = known.getOrDefault(word, 0L);
            if (chunks > 0) {
                having.put(word, chunks);
            }
        }
        return having;
    }

    private Counted counted(TenantId tenant) {
        Instant now = clock.instant();
        Counted present = counted.get(tenant);
        if (present != null && present.until().isAfter(now)) {
            return present;
        }
        Counted fresh = new Counted(now.plus(SERVES), count(tenant), new ConcurrentHashMap<>());
        counted.values().removeIf(old -> !old.until().isAfter(now));
        counted.put(tenant, fresh);
        return fresh;
    }

    private Totals count(TenantId tenant) {
        FacetCounts lengths = FacetCounts.newBuilder()
                .setCollectionName(collection.name())
                .setKey(ChunkCollection.LENGTH)
                .setFilter(ChunkCollection.of(tenant))
                .setLimit(MOST_LENGTHS)
                .setExact(true)
                .build();
        long chunks = 0;
        long worded = 0;
        long words = 0;
        for (FacetHit hit : collection.server().call("count words", client -> client.facetAsync(lengths))) {
            long length = hit.getValue().getIntegerValue();
            chunks += hit.getCount();
            worded += length > 0 ? hit.getCount() : 0;
            words += length * hit.getCount();
        }
        return new Totals(chunks, worded, words);
    }
}
