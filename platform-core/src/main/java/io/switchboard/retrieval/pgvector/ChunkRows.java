package io.switchboard.retrieval.pgvector;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.pgvector.Postings.Numbered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Chunks with all that belongs to them, written in portions of a bounded size. Callers hold the tenant's lock. */
final class ChunkRows {

    /** Chunks in one statement, unless their vectors are large. */
    private static final int PORTION = 500;

    /** Numbers of vectors in one statement, about 2 MB. */
    private static final int PORTION_OF_NUMBERS = 200_000;

    /** Says nothing but what the key begins with. */
    private static final String ALL_BASES =
            "base = any (array (select number from chunk_index.base where tenant_id = :tenant))";

    private final JdbcClient jdbc;
    private final Shelves shelves;
    private final Postings postings;
    private final Embeddings embeddings;

    ChunkRows(JdbcClient jdbc, Shelves shelves, Postings postings, Embeddings embeddings) {
        this.jdbc = jdbc;
        this.shelves = shelves;
        this.postings = postings;
        this.embeddings = embeddings;
    }

    void add(TenantId tenant, DocumentId document, List<IndexedChunk> chunks) {
        Map<KnowledgeBaseId, Integer> bases = shelves.numbers(
                tenant, chunks.stream().map(IndexedChunk::knowledgeBase).collect(Collectors.toSet()));
        int first = shelves.reserve(tenant, chunks.size());
        List<Numbered> numbered = new ArrayList<>(chunks.size());
        for (IndexedChunk chunk : chunks) {
            numbered.add(new Numbered(first + numbered.size(), bases.getOrDefault(chunk.knowledgeBase(), 0), chunk));
        }
        int dimension = shelves.dimension(tenant);
        int size = Math.clamp(PORTION_OF_NUMBERS / Math.max(1, dimension), 1, PORTION);
        Map<Long, Integer> terms = new TreeMap<>();
        for (int from = 0; from < numbered.size(); from += size) {
            List<Numbered> portion = numbered.subList(from, Math.min(numbered.size(), from + size));
            insert(tenant, document, portion);
            embeddings.add(tenant, portion);
            postings.add(tenant, portion, terms);
        }
        postings.count(tenant, terms);
        count(
                tenant,
                1,
                numbered.stream()
                        .map(each -> new Row(each.number(), each.base(), words(each)))
                        .toList());
    }

    private void insert(TenantId tenant, DocumentId document, List<Numbered> chunks) {
        jdbc.sql("""
                        insert into chunk_index.chunk (tenant_id, number, id, document_id, base, words)
                        select :tenant, u.number, u.id, :document, u.base, u.words
                          from unnest(:numbers::int[], :ids::uuid[], :bases::int[], :words::int[]) u (number, id, base, words)
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .param("numbers", chunks.stream().mapToInt(Numbered::number).toArray())
                .param(
                        "ids",
                        chunks.stream()
                                .map(each -> each.chunk().id().toString())
                                .toArray(String[]::new))
                .param("bases", chunks.stream().mapToInt(Numbered::base).toArray())
                .param("words", chunks.stream().mapToInt(ChunkRows::words).toArray())
                .update();
    }

    private static int words(Numbered numbered) {
        return numbered.chunk().terms().size();
    }

    private record Row(int number, int base, int words) {}

    Set<DocumentId> documents(TenantId tenant) {
        return jdbc.sql("select distinct document_id from chunk_index.chunk where tenant_id = ?")
                .param(tenant.value())
                .query((row, _) -> new DocumentId(row.getObject("document_id", UUID.class)))
                .set();
    }

    /** Removes a document's chunks, if it has any. */
    void remove(TenantId tenant, DocumentId document) {
        List<Row> rows = jdbc.sql("""
                        delete from chunk_index.chunk where tenant_id = :tenant and document_id = :document
                        returning number, base, words
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .query((row, _) -> new Row(row.getInt("number"), row.getInt("base"), row.getInt("words")))
                .list();
        for (int from = 0; from < rows.size(); from += PORTION) {
            List<Row> portion = rows.subList(from, Math.min(rows.size(), from + PORTION));
            int[] chunks = portion.stream().mapToInt(Row::number).toArray();
            postings.remove(tenant, chunks);
            embeddings.remove(
                    tenant, portion.stream().mapToInt(Row::base).distinct().toArray(), chunks);
        }
        count(tenant, -1, rows);
        shelves.removeEmpty(tenant);
    }

    private void count(TenantId tenant, int sign, List<Row> rows) {
        Map<Integer, List<Integer>> wordsByBase = new HashMap<>();
        rows.forEach(row ->
                wordsByBase.computeIfAbsent(row.base(), _ -> new ArrayList<>()).add(row.words()));
        wordsByBase.forEach((base, words) -> shelves.count(tenant, base, sign, words));
    }

    /** Removes all that the tenant has, but for the row that is its lock. */
    void removeAll(TenantId tenant) {
        List<Integer> numbers = jdbc.sql("select number from chunk_index.chunk where tenant_id = ? order by number")
                .param(tenant.value())
                .query(Integer.class)
                .list();
        for (int from = 0; from < numbers.size(); from += PORTION) {
            List<Integer> portion = numbers.subList(from, Math.min(numbers.size(), from + PORTION));
            delete(tenant, "posting", "chunk", portion);
            delete(tenant, "embedding", "chunk", portion);
            delete(tenant, "chunk", "number", portion);
        }
        for (String table : List.of("term", "base")) {
            jdbc.sql("delete from chunk_index." + table + " where tenant_id = ?")
                    .param(tenant.value())
                    .update();
        }
    }

    /** @param sorted numbers; between the first and the last are no others */
    private void delete(TenantId tenant, String table, String column, List<Integer> sorted) {
        jdbc.sql("""
                        delete from chunk_index.%1$s
                         where tenant_id = :tenant and %2$s between :first and :last
                           and (%3$s)
                        """.formatted(table, column, table.equals("embedding") ? ALL_BASES : "true"))
                .param("tenant", tenant.value())
                .param("first", sorted.getFirst())
                .param("last", sorted.getLast())
                .update();
    }
}
