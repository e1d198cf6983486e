package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of chunks. Callers are inside a tenant's transaction. */
@Repository
class Chunks {

    private static final int BATCH = 200;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Chunks(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Chunks of documents that are ready, or were and are being read anew; others are left out. In no order. */
    List<ChunkWithSource> findReady(TenantId tenant, Collection<ChunkId> ids) {
        return jdbc.sql("""
                        select c.*, d.name as document_name, d.kind as document_kind, b.language from chunk c
                          join document d on d.tenant_id = c.tenant_id and d.id = c.document_id
                          join knowledge_base b on b.tenant_id = c.tenant_id and b.id = c.knowledge_base_id
                         where c.tenant_id = :tenant and c.id = any(:ids::uuid[]) and (d.status = 'READY' or d.kind = 'PAGE' and d.status <> 'FAILED')
                        """)
                .param("tenant", tenant.value())
                .param("ids", ids.stream().map(ChunkId::toString).toArray(String[]::new))
                .query((row, number) -> new ChunkWithSource(
                        chunk(row, number),
                        row.getString("document_name"),
                        DocumentKind.valueOf(row.getString("document_kind")),
                        row.getString("language")))
                .list();
    }

    /** In document order. */
    List<Chunk> list(TenantId tenant, DocumentId document, int afterOrdinal, int limit) {
        return jdbc.sql("""
                        select * from chunk
                         where tenant_id = :tenant and document_id = :document and ordinal > :after
                         order by ordinal limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .param("after", afterOrdinal)
                .param("limit", limit)
                .query(Chunks::chunk)
                .list();
    }

    /** In document order, with the vectors of one model where there are any. */
    List<EmbeddedChunk> listEmbedded(TenantId tenant, DocumentId document, String model) {
        return jdbc.sql("""
                        select c.*, e.vector from chunk c
                          left join embedding e on e.tenant_id = c.tenant_id and e.model = :model and e.text_hash = c.text_hash
                         where c.tenant_id = :tenant and c.document_id = :document
                         order by c.ordinal
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .param("model", model)
                .query((row, number) -> {
                    byte[] vector = row.getBytes("vector");
                    return new EmbeddedChunk(chunk(row, number), vector == null ? null : Embeddings.floats(vector));
                })
                .list();
    }

    void insert(TenantId tenant, Document document, List<NewChunk> chunks) {
        record Numbered(int ordinal, NewChunk chunk) {}
        List<Numbered> numbered = IntStream.range(0, chunks.size())
                .mapToObj(ordinal -> new Numbered(ordinal, chunks.get(ordinal)))
                .toList();
        batches.batchUpdate("""
                insert into chunk (tenant_id, id, document_id, knowledge_base_id, ordinal, heading_path, text, tokens, text_hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, numbered, BATCH, (statement, row) -> {
            statement.setObject(1, tenant.value());
            statement.setObject(2, ChunkId.next().value());
            statement.setObject(3, document.id().value());
            statement.setObject(4, document.knowledgeBase().value());
            statement.setInt(5, row.ordinal());
            statement.setArray(
                    6,
                    statement
                            .getConnection()
                            .createArrayOf("text", row.chunk().headingPath().toArray()));
            statement.setString(7, row.chunk().text());
            statement.setInt(8, row.chunk().tokens());
            statement.setString(9, row.chunk().textHash());
        });
    }

    /** @return hashes of the texts that were in them */
    Set<String> delete(TenantId tenant, DocumentId document) {
        return jdbc.sql("delete from chunk where tenant_id = :tenant and document_id = :document returning text_hash")
                .param("tenant", tenant.value())
                .param("document", document.value())
                .query(String.class)
                .set();
    }

    static Chunk chunk(ResultSet row, int number) throws SQLException {
        return new Chunk(
                new ChunkId(row.getObject("id", UUID.class)),
                new DocumentId(row.getObject("document_id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getInt("ordinal"),
                List.of((String[]) row.getArray("heading_path").getArray()),
                row.getString("text"),
                row.getInt("tokens"),
                row.getString("text_hash"));
    }
}
