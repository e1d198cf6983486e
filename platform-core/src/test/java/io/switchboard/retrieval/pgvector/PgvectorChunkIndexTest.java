package io.switchboard.retrieval.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndexContract;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.tenancy.WallCheck;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
}
