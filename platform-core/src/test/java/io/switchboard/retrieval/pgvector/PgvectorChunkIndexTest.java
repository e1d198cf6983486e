package io.switchboard.retrieval.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.ChunkIndexContract;
import io.switchboard.retrieval.ReferenceBm25;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.tenancy.WallCheck;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@SwitchboardTest
class PgvectorChunkIndexTest extends ChunkIndexContract {

    private static final List<String> TABLES = List.of("base", "chunk", "embedding", "term", "posting");

    @Autowired
    PgvectorStore store;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WallCheck wall;

    @BeforeEach
    void needs_pgvector() {
        assumeThat(store.missing())
                .as("pgvector in the embedded PostgreSQL; ./platform test builds it")
                .isEmpty();
    }

    @Override
    protected ChunkIndex index() {
        return store.open();
    }

    @Override
    protected TenantId newTenant() {
        return TestTenants.on(tenancy, "standard");
    }

    @Override
    protected Map<String, Long> traces(TenantId tenant) {
        return transactions.call(tenant, () -> {
            Map<String, Long> rows = new TreeMap<>();
            for (String table : TABLES) {
                rows.put(
                        table,
                        jdbc.sql("select count(*) from chunk_index." + table)
                                .query(Long.class)
                                .single());
            }
            return rows;
        });
    }

    @Test
    void leaves_the_wall_standing() {
        index();

        assertThat(wall.holes()).isEmpty();
    }

    /** The frequent word is in more chunks than are looked at for one word; those with the rare word are the last of them. */
    @Test
    void scores_fully_what_a_frequent_word_was_cut_short_for() {
        KnowledgeBaseId base = KnowledgeBaseId.next();
        TenantId tenant = newTenant();
        List<IndexedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < Postings.MOST_OF_A_TERM + 500; i++) {
            chunks.add(chunk(base, vector(1), "common", "common", "short"));
        }
        String[] wordy = new String[80];
        Arrays.fill(wordy, "filler");
        wordy[0] = "common";
        wordy[1] = "rare";
        for (int i = 0; i < 3; i++) {
            chunks.add(chunk(base, vector(1), wordy));
        }
        index().replace(tenant, DocumentId.next(), chunks);

        List<Hit> hits = index().lexical(tenant, Set.of(base), List.of("common", "rare"), 10);

        Map<ChunkId, Double> expected = new ReferenceBm25(chunks).scores(List.of("common", "rare"));
        assertThat(hits)
                .hasSize(10)
                .allSatisfy(hit -> assertThat(hit.score()).isCloseTo(expected.get(hit.chunk()), Offset.offset(0.0001)));
        assertThat(hits.subList(0, 3))
                .extracting(Hit::chunk)
                .containsExactlyInAnyOrderElementsOf(chunks.subList(chunks.size() - 3, chunks.size()).stream()
                        .map(IndexedChunk::id)
                        .toList());
    }
}
