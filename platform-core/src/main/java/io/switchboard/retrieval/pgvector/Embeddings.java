package io.switchboard.retrieval.pgvector;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.Vectors;
import io.switchboard.retrieval.pgvector.Postings.Numbered;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Vectors of length 1, so the inner product is the cosine. Callers are inside the tenant's transaction. */
final class Embeddings {

    /** Comparing with so many vectors of 384 takes about 9 ms; above that a tenant's own graph is faster. */
    static final int EXACT_UP_TO = 20_000;

    /** Candidates kept while walking a graph: twice as many as are asked for, and no fewer than these. */
    private static final int FEWEST_CANDIDATES = 128;

    private static final int MOST_CANDIDATES = 1000;

    private final JdbcClient jdbc;

    Embeddings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(TenantId tenant, List<Numbered> chunks) {
        int[] bases = new int[chunks.size()];
        int[] numbers = new int[chunks.size()];
        List<String> vectors = new ArrayList<>();
        for (Numbered numbered : chunks) {
            float[] vector = numbered.chunk().vector();
            if (vector != null) {
                bases[vectors.size()] = numbered.base();
                numbers[vectors.size()] = numbered.number();
                vectors.add(text(vector));
            }
        }
        jdbc.sql("""
                        insert into chunk_index.embedding (tenant_id, base, chunk, embedding)
                        select :tenant, u.base, u.chunk, u.embedding::vector
                          from unnest(:bases::int[], :chunks::int[], :vectors::text[]) u (base, chunk, embedding)
                        """)
                .param("tenant", tenant.value())
                .param("bases", Arrays.copyOf(bases, vectors.size()))
                .param("chunks", Arrays.copyOf(numbers, vectors.size()))
                .param("vectors", vectors.toArray(String[]::new))
                .update();
    }

    void remove(TenantId tenant, int[] bases, int[] chunks) {
        jdbc.sql("""
                        delete from chunk_index.embedding
                         where tenant_id = :tenant and base = any (:bases) and chunk = any (:chunks)
                        """)
                .param("tenant", tenant.value())
                .param("bases", bases)
                .param("chunks", chunks)
                .update();
    }

    /** Compares with every vector of the knowledge bases. The order is by an expression that no graph has, so none is used. */
    List<Hit> exact(TenantId tenant, int[] bases, float[] vector, int limit) {
        plan("max_parallel_workers_per_gather", "0");
        return nearest(tenant, """
                select chunk, embedding <#> :vector as distance from chunk_index.embedding
                 where tenant_id = :tenant and base = any (:bases)
                 order by distance limit :limit
                """, bases, vector, limit);
    }

    /**
     * Walks the tenant's graph, on and on until enough chunks of the knowledge bases are found, and compares those in full precision. The
     * tenant is a literal, since the planner must see that the graph is this tenant's.
     */
    List<Hit> byGraph(TenantId tenant, int[] bases, float[] vector, int limit) {
        int candidates = Math.clamp(2L * limit, FEWEST_CANDIDATES, MOST_CANDIDATES);
        plan(
                "hnsw.ef_search",
                String.valueOf(candidates),
                "hnsw.iterative_scan",
                "relaxed_order",
                "enable_sort",
                "off");
        return nearest(
                tenant,
                """
                select chunk, embedding <#> :vector as distance
                  from (select chunk, embedding from chunk_index.embedding
                         where tenant_id = :tenant and %s and base = any (:bases)
                         order by %s <#> :vector::halfvec limit :limit) near
                """.formatted(Graphs.condition(tenant, vector.length), Graphs.expression(vector.length)),
                bases,
                vector,
                limit);
    }

    private List<Hit> nearest(TenantId tenant, String query, int[] bases, float[] vector, int limit) {
        return jdbc.sql("""
                        select c.id, e.distance from (%s) e
                          join chunk_index.chunk c on c.tenant_id = :tenant and c.number = e.chunk
                         order by e.distance, e.chunk
                        """.formatted(query))
                .param("tenant", tenant.value())
                .param("bases", bases)
                .param("vector", parameter(vector))
                .param("limit", limit)
                .query((row, _) -> new Hit(new ChunkId(row.getObject("id", UUID.class)), -row.getDouble("distance")))
                .list();
    }

    /** Tells the planner what it cannot know, for this transaction. */
    private void plan(String... settings) {
        String sql = IntStream.range(0, settings.length / 2)
                .mapToObj(i -> "set_config('%s', '%s', true)".formatted(settings[2 * i], settings[2 * i + 1]))
                .collect(Collectors.joining(", ", "select ", ""));
        jdbc.sql(sql).query((row, _) -> 0).list();
    }

    /** Bound as a vector: as a text it would be parsed for every row that it is compared with. */
    private static PGobject parameter(float[] vector) {
        PGobject parameter = new PGobject();
        parameter.setType("vector");
        try {
            parameter.setValue(text(vector));
        } catch (SQLException e) {
            throw new IllegalStateException("a vector of " + vector.length + " numbers cannot be sent", e);
        }
        return parameter;
    }

    private static String text(float[] vector) {
        float[] unit = Vectors.normalize(vector);
        StringBuilder text = new StringBuilder(unit.length * 12).append('[');
        for (int i = 0; i < unit.length; i++) {
            text.append(i == 0 ? "" : ",").append(unit[i]);
        }
        return text.append(']').toString();
    }
}
