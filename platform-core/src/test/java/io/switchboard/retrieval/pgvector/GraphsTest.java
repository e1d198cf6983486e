package io.switchboard.retrieval.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.database.SchemaOwner;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant that is too large for exact search, with vectors small enough for a test. */
@SwitchboardTest
class GraphsTest {

    private static final int DIMENSION = 16;
    private static final int CHUNKS_OF_DOCUMENT = 5_500;
    private static final int DOCUMENTS = 4;
    private static final long QUESTIONS = 20;

    @Autowired
    PgvectorStore store;

    @Autowired
    Graphs graphs;

    @Autowired
    SchemaOwner owner;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    private final Random random = new Random(42);
    private final KnowledgeBaseId base = KnowledgeBaseId.next();
    private final List<DocumentId> documents = new ArrayList<>();
    private ChunkIndex index;
    private TenantId tenant;

    @BeforeEach
    void fill() {
        assumeThat(store.missing())
                .as("pgvector in the embedded PostgreSQL; ./platform test builds it")
                .isEmpty();
        index = store.open();
        tenant = TestTenants.on(tenancy, "standard");
        for (int i = 0; i < DOCUMENTS; i++) {
            DocumentId document = DocumentId.next();
            documents.add(document);
            index.replace(tenant, document, chunks(CHUNKS_OF_DOCUMENT));
        }
    }

    @Test
    void give_a_large_tenant_a_graph_of_its_own_and_take_it_away_again() {
        assertThat(index.dense(tenant, Set.of(base), vector(), 10)).hasSize(10);

        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> graphs.isUsable(tenant, DIMENSION));

        assertThat(recall()).as("recall@10 against exact search").isGreaterThanOrEqualTo(0.98);
        Awaitility.await("searches by the graph, exact ones not among them")
                .atMost(Duration.ofMinutes(3))
                // One more if the graph was there before the first search.
                .untilAsserted(() -> assertThat(scans()).isBetween(QUESTIONS, QUESTIONS + 1));
        TenantId neighbour = TestTenants.on(tenancy, "standard");
        index.replace(neighbour, DocumentId.next(), chunks(1));
        assertThat(index.dense(neighbour, Set.of(base), vector(), 10)).hasSize(1);

        index.remove(tenant, documents.get(0));
        index.remove(tenant, documents.get(1));
        index.remove(tenant, documents.get(2));
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !graphs.isUsable(tenant, DIMENSION));
        assertThat(index.dense(tenant, Set.of(base), vector(), 10)).hasSize(10);
    }

    @Test
    void take_the_place_of_an_earlier_versions_and_leave_nothing_of_a_tenant_that_is_removed() {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> graphs.isUsable(tenant, DIMENSION));
        String current = names().getFirst();
        String former = current.substring(0, current.length() - 1);
        owner.execute(1, List.of("alter index chunk_index.%s rename to %s".formatted(current, former)));
        assertThat(graphs.isUsable(tenant, DIMENSION)).isFalse();

        index.dense(tenant, Set.of(base), vector(), 10);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(names()).containsExactly(current));

        index.removeTenant(tenant);
        assertThat(names()).isEmpty();
    }

    @Test
    void wait_until_nothing_more_is_written() {
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    index.replace(tenant, documents.getFirst(), chunks(CHUNKS_OF_DOCUMENT));
                    return names().isEmpty();
                });

        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> graphs.isUsable(tenant, DIMENSION));
    }

    private List<String> names() {
        return jdbc.sql("select relname from pg_class where starts_with(relname, ?)")
                .param("graph_" + tenant.toString().replace("-", ""))
                .query(String.class)
                .list();
    }

    private long scans() {
        return jdbc.sql("select coalesce(sum(idx_scan), 0) from pg_stat_all_indexes where indexrelname like ?")
                .param("graph\\_" + tenant.toString().replace("-", "") + "%")
                .query(Long.class)
                .single();
    }

    private double recall() {
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            float[] question = vector();
            Set<ChunkId> exact =
                    transactions.call(tenant, () -> ids(new Embeddings(jdbc).exact(tenant, bases(), question, 10)));
            Set<ChunkId> answered = ids(index.dense(tenant, Set.of(base), question, 10));
            found += (int) exact.stream().filter(answered::contains).count();
        }
        return found / (10.0 * QUESTIONS);
    }

    private int[] bases() {
        return jdbc.sql("select number from chunk_index.base").query(Integer.class).list().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Set<ChunkId> ids(List<Hit> hits) {
        return hits.stream().map(Hit::chunk).collect(Collectors.toSet());
    }

    private List<IndexedChunk> chunks(int count) {
        List<IndexedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(new IndexedChunk(ChunkId.next(), base, List.of("word"), vector()));
        }
        return chunks;
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
