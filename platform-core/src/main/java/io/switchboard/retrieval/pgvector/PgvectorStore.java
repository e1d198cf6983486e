package io.switchboard.retrieval.pgvector;

import io.switchboard.database.SchemaOwner;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.TenantModels;
import io.switchboard.retrieval.VectorStore;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The program's own PostgreSQL, where it has pgvector. Several replicas share it. */
@Component
@DependsOnDatabaseInitialization
class PgvectorStore implements VectorStore {

    private static final String CHANGE_LOG = "classpath:/db/pgvector/190-chunk-index.sql";

    /** Vectors of more numbers do not fit into a page of 8,192 bytes together with their keys. */
    private static final int LARGEST_IN_ROW = 2000;

    private static final long STORAGE_LOCK = 190;

    private final SchemaOwner owner;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Embedder embedder;
    private final TenantModels models;
    private final Graphs graphs;
    private @Nullable ChunkIndex opened;

    PgvectorStore(
            SchemaOwner owner,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Embedder embedder,
            TenantModels models,
            Graphs graphs) {
        this.owner = owner;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.embedder = embedder;
        this.models = models;
        this.graphs = graphs;
    }

    @Override
    public String name() {
        return PgvectorChunkIndex.NAME;
    }

    @Override
    public Optional<String> missing() {
        if (embedder.dimension() > Graphs.MAX_DIMENSION) {
            return Optional.of("pgvector searches vectors of up to " + Graphs.MAX_DIMENSION + " numbers, and those of "
                    + embedder.model() + " have " + embedder.dimension());
        }
        return owner.ensureExtension("vector");
    }

    @Override
    public boolean used() {
        return jdbc.sql("select to_regclass('chunk_index.posting') is not null")
                .query(Boolean.class)
                .single();
    }

    @Override
    public synchronized ChunkIndex open() {
        if (opened == null) {
            owner.migrate(CHANGE_LOG);
            keepVectorsInTheirRows(embedder.dimension() <= LARGEST_IN_ROW);
            Shelves shelves = new Shelves(jdbc, models::of);
            Postings postings = new Postings(jdbc);
            Embeddings embeddings = new Embeddings(jdbc);
            ChunkRows rows = new ChunkRows(jdbc, shelves, postings, embeddings);
            opened = new PgvectorChunkIndex(transactions, shelves, postings, embeddings, rows, graphs);
        }
        return opened;
    }

    /** Counts for rows written from now on; those of a model with other vectors are made anew anyway. */
    private void keepVectorsInTheirRows(boolean inRow) {
        boolean already = jdbc.sql("""
                        select (attstorage = 'p') = ? from pg_attribute
                         where attrelid = 'chunk_index.embedding'::regclass and attname = 'embedding'
                        """).param(inRow).query(Boolean.class).single();
        if (!already) {
            owner.execute(
                    STORAGE_LOCK,
                    List.of("alter table chunk_index.embedding alter column embedding set storage "
                            + (inRow ? "plain" : "external")));
        }
    }
}
