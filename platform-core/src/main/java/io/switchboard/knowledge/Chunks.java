package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of chunks. Callers are inside a tenant's transaction. */
@Repository
class Chunks {

    private static final int BATCH = 200;
    private static final String BY_HAND = "HAND";

    /** Of documents that hold now and are ready, or were and are being read anew. */
    private static final String SERVED =
            "(d.status = 'READY' or (d.kind = 'PAGE' or d.version > 1) and d.status <> 'FAILED')"
                    + " and (d.valid_until is null or d.valid_until > :now)";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Chunks(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Chunks of documents that hold now and are ready, or were and are being read anew; others are left out. In no order. */
    List<ChunkWithSource> findReady(TenantId tenant, Collection<ChunkId> ids) {
        return jdbc.sql("""
                        select c.*, d.name as document_name, d.kind as document_kind,
                               coalesce(d.language, b.language) as language from chunk c
                          join document d on d.tenant_id = c.tenant_id and d.id = c.document_id
                          join knowledge_base b on b.tenant_id = c.tenant_id and b.id = c.knowledge_base_id
                         where c.tenant_id = :tenant and c.id = any(:ids::uuid[]) and c.enabled
                           and (%s)
                        """.formatted(SERVED))
                .param("tenant", tenant.value())
                .param("now", now())
                .param("ids", ids.stream().map(ChunkId::toString).toArray(String[]::new))
                .query((row, number) -> new ChunkWithSource(
                        chunk(row, number),
                        row.getString("document_name"),
                        DocumentKind.valueOf(row.getString("document_kind")),
                        row.getString("language")))
                .list();
    }

    /** In document order. */
    List<EditableChunk> list(TenantId tenant, DocumentId document, int afterOrdinal, int limit) {
        return jdbc.sql("""
                        select * from chunk
                         where tenant_id = :tenant and document_id = :document and ordinal > :after
                         order by ordinal limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .param("after", afterOrdinal)
                .param("limit", limit)
                .query(Chunks::editable)
                .list();
    }

    Optional<EditableChunk> find(TenantId tenant, DocumentId document, ChunkId id) {
        return jdbc.sql("select * from chunk where tenant_id = :tenant and document_id = :document and id = :id")
                .param("tenant", tenant.value())
                .param("document", document.value())
                .param("id", id.value())
                .query(Chunks::editable)
                .optional();
    }

    /** Those of the chunks whose document passes a filter. */
    Set<ChunkId> fitting(TenantId tenant, DocumentFilter filter, Collection<ChunkId> ids) {
        return jdbc.sql("""
                        select c.id from chunk c join document d on d.tenant_id = c.tenant_id and d.id = c.document_id
                         where c.tenant_id = :tenant and c.id = any(:ids::uuid[])
                           and (cardinality(:documents::uuid[]) = 0 or d.id = any(:documents::uuid[]))
                           and (cardinality(:tags::text[]) = 0 or d.tags && :tags::text[])
                           and d.created_at >= coalesce(:since::timestamptz, '-infinity')
                           and d.created_at < coalesce(:before::timestamptz, 'infinity')
                           and (:language::text is null or :language = coalesce(d.language,
                             (select b.language from knowledge_base b
                               where b.tenant_id = :tenant and b.id = d.knowledge_base_id)))
                        """)
                .param("tenant", tenant.value())
                .param("ids", ids.stream().map(ChunkId::toString).toArray(String[]::new))
                .param(
                        "documents",
                        filter.documents().stream().map(DocumentId::toString).toArray(String[]::new))
                .param("tags", filter.tags().toArray(String[]::new))
                .param("since", utc(filter.addedSince()))
                .param("language", filter.language())
                .param("before", utc(filter.addedBefore()))
                .query((row, number) -> new ChunkId(row.getObject(1, UUID.class)))
                .set();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    Optional<PassageState> state(TenantId tenant, ChunkId id) {
        return jdbc.sql("""
                        select c.enabled, d.id, d.name, d.knowledge_base_id, (%s) as served
                          from chunk c join document d on d.tenant_id = c.tenant_id and d.id = c.document_id
                         where c.tenant_id = :tenant and c.id = :id
                        """.formatted(SERVED))
                .param("tenant", tenant.value())
                .param("now", now())
                .param("id", id.value())
                .query((row, number) -> new PassageState(
                        new DocumentId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                        row.getBoolean("enabled"),
                        row.getBoolean("served")))
                .optional();
    }

    /** A chunk of the knowledge base that has the text, however its lines are broken; the first of several. */
    Optional<ChunkId> findByText(TenantId tenant, KnowledgeBaseId knowledgeBase, String text) {
        return jdbc.sql("""
                        select id from chunk
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase
                           and position(lower(regexp_replace(:text, '\\s+', ' ', 'g'))
                                 in lower(regexp_replace(text, '\\s+', ' ', 'g'))) > 0
                         order by id limit 1
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("text", text.strip())
                .query((row, number) -> new ChunkId(row.getObject(1, UUID.class)))
                .optional();
    }

    long countConflicts(TenantId tenant, DocumentId document) {
        return jdbc.sql("""
                        select count(*) from chunk where tenant_id = :tenant and document_id = :document and conflict is not null
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .query(Long.class)
                .single();
    }

    /** In document order. */
    List<ChunkRow> rows(TenantId tenant, DocumentId document) {
        return jdbc.sql("select * from chunk where tenant_id = :tenant and document_id = :document order by ordinal")
                .param("tenant", tenant.value())
                .param("document", document.value())
                .query(Chunks::row)
                .list();
    }

    /** Those that answers may use now, in document order, with the vectors of one model where there are any. */
    List<EmbeddedChunk> listEmbedded(TenantId tenant, DocumentId document, String model) {
        return jdbc.sql("""
                        select c.*, e.vector from chunk c
                          join document d on d.tenant_id = c.tenant_id and d.id = c.document_id
                          left join embedding e on e.tenant_id = c.tenant_id and e.model = :model and e.text_hash = c.text_hash
                         where c.tenant_id = :tenant and c.document_id = :document and c.enabled
                           and (d.valid_until is null or d.valid_until > :now)
                         order by c.ordinal
                        """)
                .param("tenant", tenant.value())
                .param("now", now())
                .param("document", document.value())
                .param("model", model)
                .query((row, number) -> {
                    byte[] vector = row.getBytes("vector");
                    return new EmbeddedChunk(chunk(row, number), vector == null ? null : Embeddings.floats(vector));
                })
                .list();
    }

    /** By hash; in the order of hashes, so that the next call finds what comes after. */
    Map<String, String> textsWithoutVector(TenantId tenant, String model, int limit) {
        Map<String, String> texts = new LinkedHashMap<>();
        jdbc.sql("""
                        select distinct on (c.text_hash) c.text_hash, c.heading_path, c.text from chunk c
                         where c.tenant_id = :tenant and c.enabled
                           and not exists (select 1 from embedding e
                                            where e.tenant_id = :tenant and e.model = :model and e.text_hash = c.text_hash)
                         order by c.text_hash limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("model", model)
                .param("limit", limit)
                .query(row -> {
                    List<String> headings =
                            List.of((String[]) row.getArray("heading_path").getArray());
                    texts.put(
                            row.getString("text_hash"),
                            new NewChunk(headings, row.getString("text"), 0).embeddedText());
                });
        return texts;
    }

    EmbeddedTexts countTexts(TenantId tenant, String model) {
        return jdbc.sql("""
                        select count(*) as texts, count(e.text_hash) as embedded
                          from (select distinct text_hash from chunk where tenant_id = :tenant and enabled) c
                          left join embedding e
                            on e.tenant_id = :tenant and e.model = :model and e.text_hash = c.text_hash
                        """)
                .param("tenant", tenant.value())
                .param("model", model)
                .query((row, number) -> new EmbeddedTexts(row.getLong("texts"), row.getLong("embedded")))
                .single();
    }

    /**
     * Makes these the chunks of a document, in this order.
     *
     * @return hashes of the texts that were in them before
     */
    Set<String> replace(TenantId tenant, Document document, List<ChunkRow> rows) {
        record Numbered(int ordinal, ChunkRow row) {}
        Set<String> before = delete(tenant, document.id());
        List<Numbered> numbered = IntStream.range(0, rows.size())
                .mapToObj(ordinal -> new Numbered(ordinal, rows.get(ordinal)))
                .toList();
        batches.batchUpdate("""
                insert into chunk (tenant_id, id, document_id, knowledge_base_id, ordinal, heading_path, text, tokens, text_hash,
                  origin, enabled, original_text, original_hash, conflict, proposed_text, proposed_hash, proposed_heading_path,
                  revision, edited_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, numbered, BATCH, (statement, next) -> {
            ChunkRow row = next.row();
            ChunkRow.Proposal proposal = row.proposal();
            statement.setObject(1, tenant.value());
            statement.setObject(2, row.id().value());
            statement.setObject(3, document.id().value());
            statement.setObject(4, document.knowledgeBase().value());
            statement.setInt(5, next.ordinal());
            statement.setArray(6, array(statement, row.headingPath()));
            statement.setString(7, row.text());
            statement.setInt(8, row.tokens());
            statement.setString(9, row.textHash());
            statement.setString(10, row.byHand() ? BY_HAND : "DOCUMENT");
            statement.setBoolean(11, row.enabled());
            statement.setString(12, row.original());
            statement.setString(13, row.originalHash());
            statement.setString(14, proposal != null ? "CHANGED" : row.vanished() ? "VANISHED" : null);
            statement.setString(15, proposal == null ? null : proposal.text());
            statement.setString(16, proposal == null ? null : proposal.hash());
            statement.setArray(17, proposal == null ? null : array(statement, proposal.headingPath()));
            statement.setInt(18, row.revision());
            statement.setObject(
                    19, row.editedAt() == null ? null : row.editedAt().atOffset(ZoneOffset.UTC));
        });
        return before;
    }

    private static Array array(PreparedStatement statement, List<String> texts) throws SQLException {
        return statement.getConnection().createArrayOf("text", texts.toArray());
    }

    /** @return hashes of the texts that were in them */
    Set<String> delete(TenantId tenant, DocumentId document) {
        return jdbc
                .sql("""
                        delete from chunk where tenant_id = :tenant and document_id = :document
                        returning array_remove(array[text_hash, original_hash, proposed_hash], null)
                        """)
                .param("tenant", tenant.value())
                .param("document", document.value())
                .query((row, number) -> List.of((String[]) row.getArray(1).getArray()))
                .list()
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static ChunkRow row(ResultSet row, int number) throws SQLException {
        Chunk chunk = chunk(row, number);
        String conflict = row.getString("conflict");
        return new ChunkRow(
                chunk.id(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                BY_HAND.equals(row.getString("origin")),
                row.getBoolean("enabled"),
                row.getString("original_text"),
                "CHANGED".equals(conflict)
                        ? new ChunkRow.Proposal(
                                List.of((String[])
                                        row.getArray("proposed_heading_path").getArray()),
                                row.getString("proposed_text"))
                        : null,
                "VANISHED".equals(conflict),
                row.getInt("revision"),
                instant(row));
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("edited_at", OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static EditableChunk editable(ResultSet row, int number) throws SQLException {
        ChunkRow stored = row(row, number);
        return new EditableChunk(
                chunk(row, number),
                stored.byHand(),
                stored.enabled(),
                stored.original(),
                stored.conflict(),
                stored.revision(),
                stored.editedAt());
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
