package io.switchboard.retrieval;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.audit.Origin;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.tenancy.TenancyService;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Makes search indexes anew from PostgreSQL, one tenant after the other, beside the work that goes on; so a change of the vector store is
 * finished before somebody searches. One at a time in each process.
 */
@Service
public class IndexRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(IndexRebuild.class);

    private final ChunkStores stores;
    private final IndexingService indexing;
    private final TenancyService tenancy;
    private final AuditService audit;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile RebuildProgress progress = RebuildProgress.NONE;

    IndexRebuild(ChunkStores stores, IndexingService indexing, TenancyService tenancy, AuditService audit) {
        this.stores = stores;
        this.indexing = indexing;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** Which vector store is searched, and why that one. */
    @OperatorOnly
    public StoreInUse store() {
        return new StoreInUse(stores.chosen().name(), stores.reason(), stores.former());
    }

    /** How far the present run is, or how the last one of this process ended. */
    @OperatorOnly
    public RebuildProgress progress() {
        return progress;
    }

    /**
     * Begins with all tenants and returns at once.
     *
     * @param emptyFormerStores true to remove what other stores still hold of each tenant, after its index is made
     * @return false if a run is under way already
     */
    @OperatorOnly
    public boolean start(Actor actor, Origin origin, boolean emptyFormerStores) {
        return begin(actor, origin, tenancy.ids(), emptyFormerStores);
    }

    /** As {@link #start}, for those tenants. */
    boolean begin(Actor actor, Origin origin, List<TenantId> tenants, boolean emptyFormerStores) {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        try {
            progress = new RebuildProgress(true, 0, tenants.size(), 0, 0);
            audit.recordForOperators(
                    actor,
                    origin,
                    "rebuilds",
                    "search index",
                    null,
                    tenants.size() + " tenants in " + stores.chosen().name());
            Thread.ofVirtual().name("index-rebuild").start(() -> run(tenants, emptyFormerStores));
            return true;
        } catch (RuntimeException e) {
            progress = RebuildProgress.NONE;
            running.set(false);
            throw e;
        }
    }

    private void run(List<TenantId> tenants, boolean emptyFormerStores) {
        try {
            for (TenantId tenant : tenants) {
                progress = rebuild(tenant, emptyFormerStores);
            }
        } finally {
            progress = progress.finished();
            running.set(false);
            LOG.info(
                    "Search indexes rebuilt in {}: {} tenants, {} chunks, {} failed",
                    stores.chosen().name(),
                    progress.done(),
                    progress.chunks(),
                    progress.failed());
        }
    }

    /** A tenant that fails is counted, and the others go on. */
    private RebuildProgress rebuild(TenantId tenant, boolean emptyFormerStores) {
        try {
            long chunks = indexing.rebuild(tenant);
            if (emptyFormerStores) {
                indexing.removeFromFormerStores(tenant);
            }
            return progress.with(chunks);
        } catch (RuntimeException e) {
            LOG.error("Index of tenant {} not rebuilt; its next search tries again", tenant, e);
            return progress.withFailure();
        }
    }
}
