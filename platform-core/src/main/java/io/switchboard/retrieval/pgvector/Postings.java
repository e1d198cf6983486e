package io.switchboard.retrieval.pgvector;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Bm25;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.TermHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Words: one row for each word of each chunk, and how many chunks have a word. Callers are inside the tenant's transaction. */
final class Postings {

    /**
     * Chunks looked at for one word of one knowledge base: those in which it stands most often. A word that more chunks have says little,
     * and without the bound its rows would decide how long a search takes.
     */
    static final int MOST_OF_A_TERM = 5000;

    /** Best chunks by what was looked at, for which the words that were cut short are looked up. */
    private static final int COMPLETED = 300;

    private static final int PORTION = 10_000;

    private static final String SCORE = """
            sum(q.weight * (p.frequency / (p.frequency + :k1 * (1 - :b + :b * -p.brevity / :average))))""";

    private final JdbcClient jdbc;

    Postings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A chunk on its way into the index. */
    record Numbered(int number, int base, IndexedChunk chunk) {}

    /** Adds the words of chunks, and to the counts how many of them have each word. */
    void add(TenantId tenant, List<Numbered> chunks, Map<Long, Integer> counts) {
        Columns rows = new Columns();
        for (Numbered numbered : chunks) {
            Map<Long, Integer> frequencies = new HashMap<>();
            List<String> terms = numbered.chunk().terms();
            terms.forEach(term -> frequencies.merge(TermHash.of(term), 1, Integer::sum));
            frequencies.forEach((term, frequency) -> {
                rows.add(term, numbered, -Bm25.length(terms.size()), Math.min(frequency, Short.MAX_VALUE));
                counts.merge(term, 1, Integer::sum);
            });
        }
        jdbc.sql("""
                        insert into chunk_index.posting (tenant_id, term, base, chunk, brevity, frequency)
                        select :tenant, u.* from unnest(:terms::bigint[], :bases::int[], :chunks::int[], :brevities::int[], :frequencies::int[]) u
                        """)
                .param("tenant", tenant.value())
                .param("terms", rows.terms.stream().mapToLong(Long::longValue).toArray())
                .param("bases", ints(rows.bases))
                .param("chunks", ints(rows.chunks))
                .param("brevities", ints(rows.brevities))
                .param("frequencies", ints(rows.frequencies))
                .update();
    }

    private static final class Columns {

        private final List<Long> terms = new ArrayList<>();
        private final List<Integer> bases = new ArrayList<>();
        private final List<Integer> chunks = new ArrayList<>();
        private final List<Integer> brevities = new ArrayList<>();
        private final List<Integer> frequencies = new ArrayList<>();

        private void add(long term, Numbered chunk, int brevity, int frequency) {
            terms.add(term);
            bases.add(chunk.base());
            chunks.add(chunk.number());
            brevities.add(brevity);
            frequencies.add(frequency);
        }
    }

    /** Adds to how many chunks have each word. */
    void count(TenantId tenant, Map<Long, Integer> counts) {
        List<Map.Entry<Long, Integer>> entries = List.copyOf(counts.entrySet());
        for (int from = 0; from < entries.size(); from += PORTION) {
            List<Map.Entry<Long, Integer>> portion = entries.subList(from, Math.min(entries.size(), from + PORTION));
            jdbc.sql("""
                            insert into chunk_index.term as t (tenant_id, term, chunks)
                            select :tenant, u.* from unnest(:terms::bigint[], :counts::int[]) u
                            on conflict (tenant_id, term) do update set chunks = t.chunks + excluded.chunks
                            """)
                    .param("tenant", tenant.value())
                    .param(
                            "terms",
                            portion.stream().mapToLong(Map.Entry::getKey).toArray())
                    .param(
                            "counts",
                            portion.stream().mapToInt(Map.Entry::getValue).toArray())
                    .update();
        }
    }

    /** Removes the words of chunks and counts them no longer. */
    void remove(TenantId tenant, int[] chunks) {
        Long[] unused = jdbc.sql("""
                        with gone as (
                          delete from chunk_index.posting where tenant_id = :tenant and chunk = any (:chunks) returning term),
                        fewer as (
                          update chunk_index.term t set chunks = t.chunks - g.chunks
                            from (select term, count(*)::int as chunks from gone group by term) g
                           where t.tenant_id = :tenant and t.term = g.term
                          returning t.term, t.chunks)
                        select term from fewer where chunks <= 0
                        """)
                .param("tenant", tenant.value())
                .param("chunks", chunks)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        jdbc.sql("delete from chunk_index.term where tenant_id = :tenant and term = any (:terms)")
                .param("tenant", tenant.value())
                .param("terms", Arrays.stream(unused).mapToLong(Long::longValue).toArray())
                .update();
    }

    /** How many chunks have each word; words that none has are absent. */
    Map<Long, Long> frequencies(TenantId tenant, Collection<Long> terms) {
        Map<Long, Long> frequencies = new HashMap<>();
        jdbc.sql("select term, chunks from chunk_index.term where tenant_id = :tenant and term = any (:terms)")
                .param("tenant", tenant.value())
                .param("terms", terms.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    frequencies.put(row.getLong(1), row.getLong(2));
                });
        return frequencies;
    }

    /**
     * The best chunks by BM25.
     *
     * @param bases numbers of the knowledge bases to look into
     * @param weights of the words; words that no chunk has are not among them
     * @param averageWords of a chunk of the tenant
     * @param bounded true if one of the words is in more than {@link #MOST_OF_A_TERM} chunks
     */
    List<Hit> best(
            TenantId tenant, int[] bases, Map<Long, Double> weights, double averageWords, boolean bounded, int limit) {
        JdbcClient.StatementSpec first =
                jdbc.sql("""
                        select p.chunk, %s as score
                          from unnest(:terms::bigint[], :weights::float8[]) q (term, weight)
                         cross join unnest(:bases::int[]) s (base)
                         cross join lateral (
                           select chunk, frequency, brevity from chunk_index.posting
                            where tenant_id = :tenant and base = s.base and term = q.term
                            order by frequency desc, brevity desc, chunk desc limit :most) p
                         group by p.chunk order by score desc, p.chunk limit :limit
                        """.formatted(SCORE)).param("bases", bases).param("most", MOST_OF_A_TERM);
        if (!bounded) {
            return named(tenant, scores(first, tenant, weights, averageWords, limit));
        }
        List<Scored> candidates = scores(first, tenant, weights, averageWords, Math.max(COMPLETED, limit));
        JdbcClient.StatementSpec complete = jdbc.sql("""
                        select p.chunk, %s as score
                          from chunk_index.posting p
                          join unnest(:terms::bigint[], :weights::float8[]) q (term, weight) on q.term = p.term
                         where p.tenant_id = :tenant and p.chunk = any (:chunks)
                         group by p.chunk order by score desc, p.chunk limit :limit
                        """.formatted(SCORE))
                .param("chunks", candidates.stream().mapToInt(Scored::chunk).toArray());
        return named(tenant, scores(complete, tenant, weights, averageWords, limit));
    }

    private record Scored(int chunk, double score) {}

    private static List<Scored> scores(
            JdbcClient.StatementSpec query,
            TenantId tenant,
            Map<Long, Double> weights,
            double averageWords,
            int limit) {
        long[] terms = weights.keySet().stream().mapToLong(Long::longValue).toArray();
        return query.param("tenant", tenant.value())
                .param("terms", terms)
                .param("weights", Arrays.stream(terms).mapToDouble(weights::get).toArray())
                .param("k1", (double) Bm25.K1)
                .param("b", (double) Bm25.B)
                .param("average", averageWords)
                .param("limit", limit)
                .query((row, _) -> new Scored(row.getInt("chunk"), row.getDouble("score")))
                .list();
    }

    private List<Hit> named(TenantId tenant, List<Scored> scored) {
        Map<Integer, ChunkId> ids = new HashMap<>();
        jdbc.sql("select number, id from chunk_index.chunk where tenant_id = :tenant and number = any (:numbers)")
                .param("tenant", tenant.value())
                .param("numbers", scored.stream().mapToInt(Scored::chunk).toArray())
                .query(row -> {
                    ids.put(row.getInt("number"), new ChunkId(row.getObject("id", UUID.class)));
                });
        return scored.stream()
                .filter(found -> ids.containsKey(found.chunk()))
                .map(found -> new Hit(Objects.requireNonNull(ids.get(found.chunk())), found.score()))
                .toList();
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
