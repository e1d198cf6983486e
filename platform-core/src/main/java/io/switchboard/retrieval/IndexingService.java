package io.switchboard.retrieval;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentRemoved;
import io.switchboard.permissions.Internal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Keeps the index as PostgreSQL has it. Changes of one tenant happen one after the other, and each reads the chunks anew, so the last one
 * always writes the latest state.
 */
@Service
public class IndexingService {

    private static final Logger log = LoggerFactory.getLogger(IndexingService.class);

    private final ChunkIndex index;
    private final ChunkStores stores;
    private final IndexSource source;
    private final Map<TenantId, TenantState> states = new ConcurrentHashMap<>();

    IndexingService(ChunkStores stores, IndexSource source) {
        this.index = stores.chosen();
        this.stores = stores;
        this.source = source;
    }

    /** Brings a document's chunks into the index as they are stored now; searches find them when the call returns. */
    @Internal
    public void index(TenantId tenant, DocumentId document) {
        alone(tenant, () -> index.replace(tenant, document, source.chunks(tenant, document)));
    }

    /** Takes a document's chunks out of the index. */
    @Internal
    public void forget(TenantId tenant, DocumentId document) {
        alone(tenant, () -> index.remove(tenant, document));
    }

    /** The rows are gone already, so searches show none of the chunks; an index that cannot be changed now is looked at again. */
    @EventListener
    void on(DocumentRemoved event) {
        try {
            forget(event.tenant(), event.document());
        } catch (RuntimeException e) {
            state(event.tenant()).checked = false;
            log.error(
                    "Document {} of tenant {} stays in the index; the next search compares and rebuilds it",
                    event.document(),
                    event.tenant(),
                    e);
        }
    }

    /**
     * Brings everything in the tenant's index to what PostgreSQL has, document by document, so that searches go on meanwhile; texts are
     * embedded only where the model has changed.
     *
     * @return how many chunks the index has then
     */
    @Internal
    public long rebuild(TenantId tenant) {
        alone(tenant, () -> {
            Set<DocumentId> superfluous = new HashSet<>(index.documents(tenant));
            source.forEachDocument(tenant, document -> {
                index.replace(tenant, document, source.chunks(tenant, document));
                superfluous.remove(document);
            });
            superfluous.forEach(document -> index.remove(tenant, document));
            state(tenant).checked = true;
        });
        long size = index.size(tenant);
        log.info("Index of tenant {} rebuilt in {}: {} chunks", tenant, index.name(), size);
        return size;
    }

    /**
     * Empties the tenant's index for good, in every store that has been used here.
     *
     * @return how many chunks there were
     */
    @Internal
    public long erase(TenantId tenant) {
        TenantState state = state(tenant);
        state.lock.lock();
        try {
            long size = size(tenant);
            stores.used().forEach(each -> each.removeTenant(tenant));
            return size;
        } finally {
            state.lock.unlock();
        }
    }

    /** Removes what the tenant has in stores that are not searched any more, as after a move to another one. */
    @Internal
    public void removeFromFormerStores(TenantId tenant) {
        alone(
                tenant,
                () -> stores.used().stream()
                        .filter(each -> !each.equals(index))
                        .forEach(each -> each.removeTenant(tenant)));
    }

    /** Chunks of the tenant in every store that has been used here. */
    @Internal
    public long size(TenantId tenant) {
        return stores.used().stream().mapToLong(each -> each.size(tenant)).sum();
    }

    /** Looks once after each start whether the index has what PostgreSQL has, and rebuilds one that was lost, damaged or left behind. */
    void ensureCurrent(TenantId tenant) {
        TenantState state = state(tenant);
        if (state.checked) {
            return;
        }
        state.lock.lock();
        try {
            if (!state.checked && index.size(tenant) != source.countChunks(tenant)) {
                rebuild(tenant);
            }
            state.checked = true;
        } finally {
            state.lock.unlock();
        }
    }

    private void alone(TenantId tenant, Runnable change) {
        TenantState state = state(tenant);
        state.lock.lock();
        try {
            change.run();
        } finally {
            state.lock.unlock();
        }
    }

    private TenantState state(TenantId tenant) {
        return states.computeIfAbsent(tenant, _ -> new TenantState());
    }

    private static final class TenantState {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile boolean checked;
    }
}
