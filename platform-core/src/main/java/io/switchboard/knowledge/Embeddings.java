package io.switchboard.knowledge;

import io.switchboard.kernel.TenantId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of embeddings. Callers are inside a tenant's transaction. */
@Repository
class Embeddings {

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Embeddings(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Those of the hashes that have a vector of this model. */
    Set<String> known(TenantId tenant, String model, Collection<String> hashes) {
        return jdbc.sql("""
                        select text_hash from embedding
                         where tenant_id = :tenant and model = :model and text_hash = any(:hashes)
                        """)
                .param("tenant", tenant.value())
                .param("model", model)
                .param("hashes", hashes.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    void store(TenantId tenant, String model, Map<String, float[]> vectors) {
        batches.batchUpdate(
                "insert into embedding (tenant_id, model, text_hash, vector) values (?, ?, ?, ?) on conflict do nothing",
                vectors.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
                BATCH,
                (statement, row) -> {
                    statement.setObject(1, tenant.value());
                    statement.setString(2, model);
                    statement.setString(3, row.getKey());
                    statement.setBytes(4, bytes(row.getValue()));
                });
    }

    /** Deletes vectors of these texts as far as no chunk has the text, had it before a person changed it, or may take it. */
    void deleteUnused(TenantId tenant, Collection<String> hashes) {
        jdbc.sql("""
                        delete from embedding e
                         where e.tenant_id = :tenant and e.text_hash = any(:hashes)
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.text_hash = e.text_hash)
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.original_hash = e.text_hash)
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.proposed_hash = e.text_hash)
                        """)
                .param("tenant", tenant.value())
                .param("hashes", hashes.toArray(String[]::new))
                .update();
    }

    /** Deletes what documents left that never got as far as chunks, unless one may still be on its way there. */
    void deleteAbandoned(TenantId tenant) {
        jdbc.sql("""
                        delete from embedding e
                         where e.tenant_id = :tenant
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.text_hash = e.text_hash)
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.original_hash = e.text_hash)
                           and not exists (select 1 from chunk c where c.tenant_id = e.tenant_id and c.proposed_hash = e.text_hash)
                           and not exists (select 1 from document d where d.tenant_id = :tenant and d.status = 'PROCESSING')
                        """).param("tenant", tenant.value()).update();
    }

    void deleteOthers(TenantId tenant, String model) {
        jdbc.sql("delete from embedding where tenant_id = :tenant and model <> :model")
                .param("tenant", tenant.value())
                .param("model", model)
                .update();
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
