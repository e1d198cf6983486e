package io.switchboard.probing;

import io.switchboard.isolation.TenantTables;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Waits for what the program does for a tenant by itself. */
@Component
class Settling {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TenantTables tables;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    Settling(TenantTables tables, TenantTransactions transactions, JdbcClient jdbc) {
        this.tables = tables;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Until nothing is under way for a tenant any more: its documents and sites are read, its channels examined, and its rows stay as they are. */
    void settle(TenantId tenant) {
        await("the documents, sites and channels of " + tenant, () -> underWay(tenant) == 0);
        Map<?, ?>[] before = {Map.of()};
        await("the rows of " + tenant, () -> {
            Map<String, String> now = tables.digests(tenant);
            boolean same = now.equals(before[0]);
            before[0] = now;
            return same;
        });
    }

    private long underWay(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select (select count(*) from document where tenant_id = :tenant and status not in (:ready, :failed))
                                  + (select count(*) from site where tenant_id = :tenant and state in ('WAITING', 'RUNNING', 'REMOVING'))
                                  + (select count(*) from channel_examination
                                      where tenant_id = :tenant and begun_at > coalesce(examined_at, '-infinity'))
                                """)
                        .param("tenant", tenant.value())
                        .param("ready", DocumentStatus.READY.name())
                        .param("failed", DocumentStatus.FAILED.name())
                        .query(Long.class)
                        .single());
    }

    static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }
}
