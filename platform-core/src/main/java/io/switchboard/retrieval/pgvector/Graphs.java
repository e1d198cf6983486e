package io.switchboard.retrieval.pgvector;

import io.switchboard.database.SchemaOwner;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * HNSW graphs, each over the vectors of one large tenant, in half precision: with 384 numbers a graph takes 1.1 kB a chunk in place of
 * 2.0, so that more of it stays in memory, and it finds the same. They are built beside the work that goes on; until one is complete, its
 * tenant is searched exactly.
 */
@Component
class Graphs extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(Graphs.class);

    /** What pgvector can index, as vectors of half precision. */
    static final int MAX_DIMENSION = 4000;

    /** A graph whose tenant has shrunk this far costs more than it gives. */
    static final int WORTHLESS_BELOW = Embeddings.EXACT_UP_TO / 2;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Chunks that come after a build has begun are added to the graph one by one, which takes several times as long as building it with them. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** For a tenant whose writing never rests. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /**
     * Of a whole build, against the database's 64 MB; a graph that does not fit is built ten times slower. A chunk takes some 1.5 kB while
     * its graph is built, and no more is taken than is needed.
     */
    private static final String MEMORY = "1GB";

    private final SchemaOwner owner;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<TenantId, Wish> wanted = new ConcurrentHashMap<>();
    private final Set<TenantId> unwanted = ConcurrentHashMap.newKeySet();

    Graphs(SchemaOwner owner, JdbcClient jdbc, Clock clock) {
        super("vector-graphs", PAUSE, PAUSE);
        this.owner = owner;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A graph to build.
     *
     * @param since when it was wanted first
     */
    private record Wish(int dimension, Instant since, Instant due) {

        static Wish now(int dimension, Instant now) {
            return new Wish(dimension, now, now);
        }

        Wish postponed(Instant now) {
            Instant rested = now.plus(REST);
            Instant latest = since.plus(LONGEST_WAIT);
            return new Wish(dimension, since, rested.isBefore(latest) ? rested : latest);
        }
    }

    /** What a graph is ordered by. Exact searches use the bare column, so that they never take a graph. */
    static String expression(int dimension) {
        return "(embedding::halfvec(%d))".formatted(dimension);
    }

    /** Which rows a graph has: vectors of another model never get into it. */
    static String condition(TenantId tenant, int dimension) {
        return "tenant_id = '%s' and vector_dims(embedding) = %d".formatted(tenant.value(), dimension);
    }

    private static String name(TenantId tenant, int dimension) {
        return prefix(tenant) + dimension + "h";
    }

    private static String prefix(TenantId tenant) {
        return "graph_" + tenant.value().toString().replace("-", "") + "_";
    }

    boolean isUsable(TenantId tenant, int dimension) {
        return jdbc.sql("""
                        select exists (select 1 from pg_index
                                        where indexrelid = to_regclass('chunk_index.' || ?) and indisvalid and indisready)
                        """).param(name(tenant, dimension)).query(Boolean.class).single();
    }

    /** Has a graph built soon, by whichever process is free. */
    void want(TenantId tenant, int dimension) {
        wanted.compute(tenant, (_, wish) -> wishFor(dimension, wish));
    }

    /** As {@link #want}, when no chunk has been added for a while. */
    void wantWhenFilled(TenantId tenant, int dimension) {
        wanted.compute(tenant, (_, wish) -> wishFor(dimension, wish).postponed(clock.instant()));
    }

    private Wish wishFor(int dimension, @Nullable Wish wish) {
        return wish != null && wish.dimension() == dimension ? wish : Wish.now(dimension, clock.instant());
    }

    /** Has a tenant's graphs dropped soon, if it has any. */
    void unwant(TenantId tenant) {
        wanted.remove(tenant);
        unwanted.add(tenant);
    }

    @Override
    protected void round() {
        for (TenantId tenant : List.copyOf(unwanted)) {
            unwanted.remove(tenant);
            drop(tenant);
        }
        for (Map.Entry<TenantId, Wish> entry : List.copyOf(wanted.entrySet())) {
            TenantId tenant = entry.getKey();
            Wish wish = entry.getValue();
            if (!wish.due().isAfter(clock.instant()) && wanted.remove(tenant, wish)) {
                build(tenant, wish.dimension());
            }
        }
    }

    /** An invalid graph is what a build left behind that was cut off; the lock tells it from one that is under way. */
    private void build(TenantId tenant, int dimension) {
        if (isUsable(tenant, dimension)) {
            return;
        }
        LOG.info("Building the vector graph of tenant {}", tenant);
        String name = name(tenant, dimension);
        List<String> former = graphs(tenant);
        former.remove(name);
        List<String> statements = new ArrayList<>();
        statements.add("set maintenance_work_mem = '" + MEMORY + "'");
        // Building takes one processor; the others answer.
        statements.add("set max_parallel_maintenance_workers = 0");
        statements.add(dropping(name));
        statements.add("""
                create index concurrently %s on chunk_index.embedding
                 using hnsw (%s halfvec_ip_ops) with (m = 16, ef_construction = 200) where %s
                """.formatted(name, expression(dimension), condition(tenant, dimension)));
        former.forEach(graph -> statements.add(dropping(graph)));
        boolean built = owner.execute(lock(tenant), statements);
        LOG.info("The vector graph of tenant {} {}", tenant, built ? "is built" : "is being built elsewhere");
    }

    /** Drops a tenant's graphs; they are gone when the call returns. */
    void drop(TenantId tenant) {
        List<String> drops = graphs(tenant).stream().map(Graphs::dropping).toList();
        if (!drops.isEmpty() && !owner.execute(lock(tenant), drops)) {
            unwanted.add(tenant);
        }
    }

    private static String dropping(String graph) {
        return "drop index concurrently if exists chunk_index." + graph;
    }

    private List<String> graphs(TenantId tenant) {
        return jdbc.sql("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'chunk_index' and c.relkind = 'i' and starts_with(c.relname, ?)
                         order by 1
                        """).param(prefix(tenant)).query(String.class).list();
    }

    private static long lock(TenantId tenant) {
        return tenant.value().getMostSignificantBits() ^ tenant.value().getLeastSignificantBits();
    }
}
