package io.switchboard.retrieval.pgvector;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.VectorModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a tenant's index is made of: the model, the knowledge bases with their totals. Callers are inside the tenant's transaction. */
final class Shelves {

    private final JdbcClient jdbc;
    private final Function<TenantId, VectorModel> models;

    /** @param models says whose vectors a tenant is searched by; an index made with another one counts as empty */
    Shelves(JdbcClient jdbc, Function<TenantId, VectorModel> models) {
        this.jdbc = jdbc;
        this.models = models;
    }

    int dimension(TenantId tenant) {
        return models.apply(tenant).dimension();
    }

    private String model(TenantId tenant) {
        VectorModel model = models.apply(tenant);
        return model.name() + "/" + model.dimension();
    }

    /**
     * A knowledge base.
     *
     * @param worded chunks that have words
     * @param words of all chunks
     */
    record Shelf(int number, KnowledgeBaseId knowledgeBase, long chunks, long worded, long words) {}

    /** Nothing if the index is empty or made with another model. */
    List<Shelf> of(TenantId tenant) {
        return jdbc.sql("""
                        select b.number, b.knowledge_base_id, b.chunks, b.worded, b.words from chunk_index.base b
                          join chunk_index.header h on h.tenant_id = b.tenant_id
                         where b.tenant_id = :tenant and h.model = :model
                         order by b.number
                        """)
                .param("tenant", tenant.value())
                .param("model", model(tenant))
                .query((row, _) -> new Shelf(
                        row.getInt("number"),
                        new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                        row.getLong("chunks"),
                        row.getLong("worded"),
                        row.getLong("words")))
                .list();
    }

    /**
     * Keeps other writers out until the transaction ends.
     *
     * @return the model that the tenant's index was made with
     */
    String lock(TenantId tenant) {
        jdbc.sql("insert into chunk_index.header (tenant_id, model) values (:tenant, :model) on conflict do nothing")
                .param("tenant", tenant.value())
                .param("model", model(tenant))
                .update();
        // The row may go again while we wait for whoever holds it.
        return lockIfThere(tenant).orElseGet(() -> lock(tenant));
    }

    /** As {@link #lock}, but makes nothing for a tenant that has no index. */
    Optional<String> lockIfThere(TenantId tenant) {
        return jdbc.sql("select model from chunk_index.header where tenant_id = ? for update")
                .param(tenant.value())
                .query(String.class)
                .optional();
    }

    void removeHeader(TenantId tenant) {
        jdbc.sql("delete from chunk_index.header where tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    void removeEmpty(TenantId tenant) {
        jdbc.sql("delete from chunk_index.base where tenant_id = ? and chunks = 0")
                .param(tenant.value())
                .update();
    }

    boolean isCurrent(TenantId tenant, String madeWith) {
        return madeWith.equals(model(tenant));
    }

    /** Says from now on that the present model made the index. */
    void claim(TenantId tenant) {
        jdbc.sql("update chunk_index.header set model = :model where tenant_id = :tenant")
                .param("model", model(tenant))
                .param("tenant", tenant.value())
                .update();
    }

    /** @return the first of so many numbers that nothing of this tenant has had before */
    int reserve(TenantId tenant, int numbers) {
        return jdbc.sql("""
                        update chunk_index.header set next_number = next_number + :numbers where tenant_id = :tenant
                        returning next_number - :numbers
                        """)
                .param("numbers", numbers)
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
    }

    /** The numbers of knowledge bases; those that are new get one. */
    Map<KnowledgeBaseId, Integer> numbers(TenantId tenant, Iterable<KnowledgeBaseId> knowledgeBases) {
        Map<KnowledgeBaseId, Integer> numbers = new HashMap<>();
        of(tenant).forEach(shelf -> numbers.put(shelf.knowledgeBase(), shelf.number()));
        for (KnowledgeBaseId knowledgeBase : knowledgeBases) {
            numbers.computeIfAbsent(knowledgeBase, id -> add(tenant, id));
        }
        return numbers;
    }

    private int add(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        int number = reserve(tenant, 1);
        jdbc.sql("""
                        insert into chunk_index.base (tenant_id, number, knowledge_base_id, chunks, worded, words)
                        values (:tenant, :number, :knowledgeBase, 0, 0, 0)
                        """)
                .param("tenant", tenant.value())
                .param("number", number)
                .param("knowledgeBase", knowledgeBase.value())
                .update();
        return number;
    }

    /**
     * Adds what chunks of one knowledge base count for.
     *
     * @param sign 1 to add, -1 to take away
     */
    void count(TenantId tenant, int number, int sign, List<Integer> wordsOfChunks) {
        jdbc.sql("""
                        update chunk_index.base
                           set chunks = chunks + :chunks, worded = worded + :worded, words = words + :words
                         where tenant_id = :tenant and number = :number
                        """)
                .param("tenant", tenant.value())
                .param("number", number)
                .param("chunks", sign * wordsOfChunks.size())
                .param(
                        "worded",
                        sign * wordsOfChunks.stream().filter(words -> words > 0).count())
                .param(
                        "words",
                        sign
                                * wordsOfChunks.stream()
                                        .mapToLong(Integer::longValue)
                                        .sum())
                .update();
    }
}
