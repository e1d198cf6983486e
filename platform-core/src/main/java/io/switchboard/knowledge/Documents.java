package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Sha256;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.WebAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of documents. Callers are inside a tenant's transaction. */
@Repository
class Documents {

    private final JdbcClient jdbc;

    Documents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits until no other transaction of this tenant counts, adds or removes documents or chunks; held until the transaction ends. */
    void lock(TenantId tenant) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('knowledge ' || :tenant, 0))")
                .param("tenant", tenant.toString())
                .query((row, number) -> true)
                .single();
    }

    record Totals(long documents, long bytes) {}

    Totals totals(TenantId tenant) {
        return jdbc.sql("""
                        select count(*), coalesce(sum(size_bytes), 0) from document where tenant_id = :tenant
                        """)
                .param("tenant", tenant.value())
                .query((row, number) -> new Totals(row.getLong(1), row.getLong(2)))
                .single();
    }

    Map<KnowledgeBaseId, Long> counts(TenantId tenant) {
        record Count(KnowledgeBaseId knowledgeBase, long documents) {}
        return jdbc
                .sql("""
                        select knowledge_base_id, count(*) from document where tenant_id = :tenant group by knowledge_base_id
                        """)
                .param("tenant", tenant.value())
                .query((row, number) -> new Count(new KnowledgeBaseId(row.getObject(1, UUID.class)), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Count::knowledgeBase, Count::documents));
    }

    boolean knowledgeBaseExists(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        return jdbc.sql("""
                        select exists (select 1 from knowledge_base where tenant_id = :tenant and id = :id)
                        """)
                .param("tenant", tenant.value())
                .param("id", knowledgeBase.value())
                .query(Boolean.class)
                .single();
    }

    Optional<Document> find(TenantId tenant, DocumentId id) {
        return jdbc.sql("select * from document where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Documents::document)
                .optional();
    }

    /** A document that has content with this hash; empty content is never found. */
    Optional<Document> findByContent(TenantId tenant, KnowledgeBaseId knowledgeBase, String sha256) {
        return jdbc.sql("""
                        select * from document
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase and sha256 = :sha256 and size_bytes > 0
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("sha256", sha256)
                .query(Documents::document)
                .optional();
    }

    /** The newest file of this name. */
    Optional<Document> findFile(TenantId tenant, KnowledgeBaseId knowledgeBase, String name) {
        return jdbc.sql("""
                        select * from document
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase and kind = 'FILE' and name = :name
                         order by id desc limit 1
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("name", name)
                .query(Documents::document)
                .optional();
    }

    /** Sends a file through the pipeline again with other bytes, also one that is in the pipeline now. */
    void replaceFile(TenantId tenant, DocumentId id, String mediaType, long bytes, Source source) {
        jdbc.sql("""
                        update document set status = 'PENDING', reason = null, progress = 0, version = version + 1,
                          media_type = :mediaType, size_bytes = :bytes, sha256 = :sha256, content_id = :content
                         where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("mediaType", mediaType)
                .param("bytes", bytes)
                .param("sha256", source.sha256())
                .param("content", valueOf(source.content(), ContentId::value))
                .update();
    }

    boolean setValidity(TenantId tenant, DocumentId id, @Nullable String owner, @Nullable Instant validUntil) {
        return jdbc.sql("""
                        update document set owner = :owner, valid_until = :until where tenant_id = :tenant and id = :id
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("owner", owner)
                        .param("until", validUntil == null ? null : validUntil.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Those that held until this moment or an earlier one, newest first. */
    List<Document> listExpired(TenantId tenant, KnowledgeBaseId knowledgeBase, Instant at, PageRequest page) {
        return jdbc.sql("""
                        select * from document
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase and valid_until <= :at
                           and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(Documents::document)
                .list();
    }

    /** Newest first. */
    List<Document> list(TenantId tenant, KnowledgeBaseId knowledgeBase, PageRequest page) {
        return jdbc.sql("""
                        select * from document
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase
                           and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(Documents::document)
                .list();
    }

    /** Oldest first, of all knowledge bases. */
    List<Document> listReady(TenantId tenant, PageRequest page) {
        return jdbc.sql("""
                        select * from document
                         where tenant_id = :tenant and status = 'READY' and (:after::uuid is null or id > :after::uuid)
                         order by id limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(Documents::document)
                .list();
    }

    Optional<DocumentTask> task(TenantId tenant, DocumentId id) {
        return jdbc.sql("""
                        select d.*, k.language as base_language from document d
                          join knowledge_base k on k.tenant_id = d.tenant_id and k.id = d.knowledge_base_id
                         where d.tenant_id = :tenant and d.id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, number) -> new DocumentTask(
                        document(row, number),
                        row.getString("base_language"),
                        row.getString("answer"),
                        row.getInt("fetched_version") == row.getInt("version") ? null : page(row.getString("url"))))
                .optional();
    }

    long countWaiting(TenantId tenant) {
        return jdbc.sql("""
                        select count(*) from document where tenant_id = :tenant and status in ('PENDING', 'PROCESSING')
                        """).param("tenant", tenant.value()).query(Long.class).single();
    }

    /**
     * What a row holds beside the document.
     *
     * @param content null for a question and answer, and for a page that was not fetched yet
     * @param answer of a question; null for everything else
     * @param url of a page; null for everything else
     */
    record Source(
            String sha256,
            @Nullable ContentId content,
            @Nullable String answer,
            @Nullable String url) {

        /** A page keeps its hash, whatever it says: the address is what it is known by. */
        static Source page(WebAddress address) {
            return new Source(Sha256.hex("page\n" + address), null, null, address.toString());
        }
    }

    /** All contents that rows refer to. */
    Set<ContentId> contents(TenantId tenant) {
        return jdbc.sql("select content_id from document where tenant_id = :tenant and content_id is not null")
                .param("tenant", tenant.value())
                .query((row, number) -> new ContentId(row.getObject(1, UUID.class)))
                .set();
    }

    /** The document of a page's address. */
    Optional<Document> findByUrl(TenantId tenant, KnowledgeBaseId knowledgeBase, String url) {
        return jdbc.sql("""
                        select * from document where tenant_id = :tenant and knowledge_base_id = :knowledgeBase and url = :url
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .param("url", url)
                .query(Documents::document)
                .optional();
    }

    /**
     * Gives a page the content that was fetched for it.
     *
     * @return whether the document is still at this version and in the pipeline
     */
    boolean setContent(TenantId tenant, DocumentId id, int version, String mediaType, ContentId content, long bytes) {
        return jdbc.sql("""
                        update document set content_id = :content, size_bytes = :bytes, media_type = :mediaType
                         where tenant_id = :tenant and id = :id and version = :version and status = 'PROCESSING'
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("version", version)
                        .param("content", content.value())
                        .param("bytes", bytes)
                        .param("mediaType", mediaType)
                        .update()
                == 1;
    }

    private static @Nullable WebAddress page(@Nullable String url) {
        return url != null && WebAddress.parse(url) instanceof WebAddress.Parsing.Good(var address) ? address : null;
    }

    Source source(TenantId tenant, DocumentId id) {
        return jdbc.sql("select sha256, content_id, answer, url from document where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, number) -> {
                    UUID content = row.getObject("content_id", UUID.class);
                    return new Source(
                            row.getString("sha256"),
                            content == null ? null : new ContentId(content),
                            row.getString("answer"),
                            row.getString("url"));
                })
                .single();
    }

    void insert(TenantId tenant, Document document, Source source) {
        jdbc.sql("""
                        insert into document (tenant_id, id, knowledge_base_id, kind, name, media_type, size_bytes,
                          sha256, content_id, answer, url, status, version, created_at)
                        values (:tenant, :id, :knowledgeBase, :kind, :name, :mediaType, :size,
                          :sha256, :content, :answer, :url, :status, :version, :createdAt)
                        """)
                .param("tenant", tenant.value())
                .param("id", document.id().value())
                .param("knowledgeBase", document.knowledgeBase().value())
                .param("kind", document.kind().name())
                .param("name", document.name())
                .param("mediaType", document.mediaType())
                .param("size", document.sizeBytes())
                .param("sha256", source.sha256())
                .param("content", valueOf(source.content(), ContentId::value))
                .param("answer", source.answer())
                .param("url", source.url())
                .param("status", document.status().name())
                .param("version", document.version())
                .param("createdAt", document.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static <T, R> @Nullable R valueOf(@Nullable T id, Function<T, R> value) {
        return id == null ? null : value.apply(id);
    }

    /** Sends a document through the pipeline again under the name it was now sent with. */
    void restart(TenantId tenant, DocumentId id, String name, String mediaType) {
        jdbc.sql("""
                        update document set status = 'PENDING', reason = null, progress = 0, version = version + 1,
                          name = :name, media_type = :mediaType
                         where tenant_id = :tenant and id = :id and status in ('FAILED', 'READY')
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("name", name)
                .param("mediaType", mediaType)
                .update();
    }

    /** @return whether the document is still at this version and in the pipeline */
    boolean moveOn(TenantId tenant, DocumentId id, int version, DocumentStatus status, @Nullable String reason) {
        return jdbc.sql("""
                        update document set status = :status, reason = :reason,
                          progress = case when :status = 'READY' then 1 else progress end
                         where tenant_id = :tenant and id = :id and version = :version and status in ('PENDING', 'PROCESSING')
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("version", version)
                        .param("status", status.name())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /** A step begins now, to be measured by itself. */
    void beginStep(TenantId tenant, DocumentId id, int version, Instant now) {
        jdbc.sql("""
                        update document set pace_since = :now, pace_from = progress
                         where tenant_id = :tenant and id = :id and version = :version and status = 'PROCESSING'
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("version", version)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean isUnderWay(TenantId tenant, DocumentId id, int version) {
        return jdbc.sql("""
                        select exists (select 1 from document where tenant_id = :tenant and id = :id and version = :version
                                          and status in ('PENDING', 'PROCESSING'))
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    /** Moves the progress forward, never back. */
    boolean progress(TenantId tenant, DocumentId id, int version, double progress) {
        return jdbc.sql("""
                        update document set progress = greatest(progress, :progress)
                         where tenant_id = :tenant and id = :id and version = :version and status = 'PROCESSING'
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("version", version)
                        .param("progress", progress)
                        .update()
                == 1;
    }

    boolean setOutcome(TenantId tenant, DocumentId id, int version, DocumentFindings found) {
        return jdbc.sql("""
                        update document set media_type = :mediaType, language = :language
                         where tenant_id = :tenant and id = :id and version = :version and status = 'PROCESSING'
                        """)
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .param("version", version)
                        .param("mediaType", Texts.withoutNul(found.mediaType()))
                        .param("language", found.language())
                        .update()
                == 1;
    }

    /** Languages that documents of a knowledge base are in, its own among them; empty if there is no such knowledge base. */
    Set<String> languages(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        return jdbc.sql("""
                        select language from knowledge_base where tenant_id = :tenant and id = :base
                        union
                        select language from document
                         where tenant_id = :tenant and knowledge_base_id = :base and language is not null
                        """)
                .param("tenant", tenant.value())
                .param("base", knowledgeBase.value())
                .query(String.class)
                .set();
    }

    Optional<String> language(TenantId tenant, DocumentId id) {
        return jdbc.sql("""
                        select coalesce(d.language, b.language) from document d
                          join knowledge_base b on b.tenant_id = d.tenant_id and b.id = d.knowledge_base_id
                         where d.tenant_id = :tenant and d.id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    /** Keeps the number of chunks that answers may use. */
    void countChunks(TenantId tenant, DocumentId id) {
        jdbc.sql("""
                        update document set chunks =
                          (select count(*) from chunk where tenant_id = :tenant and document_id = :id and enabled)
                         where tenant_id = :tenant and id = :id
                        """).param("tenant", tenant.value()).param("id", id.value()).update();
    }

    /** @return how many changes by hand the document has seen with this one */
    int countEdit(TenantId tenant, DocumentId id) {
        return jdbc.sql("update document set edits = edits + 1 where tenant_id = :tenant and id = :id returning edits")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Integer.class)
                .single();
    }

    /** Changes by hand that the index lacks: their number with all before them; empty if it lacks none. */
    Optional<Integer> editsToIndex(TenantId tenant, DocumentId id) {
        return jdbc.sql("""
                        select edits from document where tenant_id = :tenant and id = :id and edits > edits_indexed
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Integer.class)
                .optional();
    }

    void markIndexed(TenantId tenant, DocumentId id, int edits) {
        jdbc.sql("""
                        update document set edits_indexed = greatest(edits_indexed, :edits) where tenant_id = :tenant and id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("edits", edits)
                .update();
    }

    boolean edited(TenantId tenant, DocumentId id) {
        return jdbc.sql("select edits > 0 from document where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    boolean tag(TenantId tenant, DocumentId id, List<String> tags) {
        return jdbc.sql("update document set tags = :tags::text[] where tenant_id = :tenant and id = :id")
                        .param("tags", tags.toArray(String[]::new))
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .update()
                == 1;
    }

    /** Each once, sorted. */
    List<String> tags(TenantId tenant, KnowledgeBaseId knowledgeBase) {
        return jdbc.sql("""
                        select distinct unnest(tags) as tag from document
                         where tenant_id = :tenant and knowledge_base_id = :knowledgeBase order by tag
                        """)
                .param("tenant", tenant.value())
                .param("knowledgeBase", knowledgeBase.value())
                .query(String.class)
                .list();
    }

    void delete(TenantId tenant, DocumentId id) {
        jdbc.sql("delete from document where tenant_id = :tenant and id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .update();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    private static @Nullable Pace pace(ResultSet row) throws SQLException {
        Instant since = instant(row.getObject("pace_since", OffsetDateTime.class));
        return since == null ? null : new Pace(since, row.getDouble("pace_from"));
    }

    static Document document(ResultSet row, int number) throws SQLException {
        return new Document(
                new DocumentId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                DocumentKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                DocumentStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getDouble("progress"),
                row.getInt("chunks"),
                row.getInt("version"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getString("language"),
                row.getString("owner"),
                instant(row.getObject("valid_until", OffsetDateTime.class)),
                pace(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
