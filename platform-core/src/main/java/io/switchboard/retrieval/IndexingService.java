package io.switchboard.retrieval;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentCancelled;
import io.switchboard.knowledge.DocumentRemoved;
import io.switchboard.permissions.Internal;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.tenancy.TenantTransactions;
import java.util.HashSet;
import java.util.List;
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
    private final TenantModels models;
    private final TenantTransactions transactions;
    private final Map<TenantId, TenantState> states = new ConcurrentHashMap<>();

    IndexingService(ChunkStores stores, IndexSource source, TenantModels models, TenantTransactions transactions) {
        this.index = stores.chosen();
        this.stores = stores;
        this.source = source;
        this.models = models;
        this.transactions = transactions;
    }

    /** Brings a document's chunks into the index as they are stored now; searches find them when the call returns. */
    @Internal
    public void index(TenantId tenant, DocumentId document) {
        alone(tenant, () -> replace(tenant, document));
    }

    /** Another process may give the tenant another model while texts are embedded here; they are then embedded by that. */
    private void replace(TenantId tenant, DocumentId document) {
        boolean done = false;
        while (!done) {
            VectorModel model = models.of(tenant);
            List<IndexedChunk> chunks = source.chunks(tenant, document, model);
            done = transactions.call(tenant, () -> {
                boolean held = models.hold(tenant, model);
                if (held) {
                    index.replace(tenant, document, chunks);
                }
                return held;
            });
        }
    }

    /**
     * Lets the tenant be searched by the vectors of another model from now on: searches find the former ones until this returns, and none
     * of them finds both. What has no vector of the next model is found by words.
     */
    void change(TenantId tenant, VectorModel next) {
        alone(
                tenant,
                () -> transactions.run(tenant, () -> {
                    models.change(tenant, next);
                    Set<DocumentId> superfluous = new HashSet<>(index.documents(tenant));
                    source.forEachDocument(tenant, document -> {
                        index.replace(tenant, document, source.storedChunks(tenant, document, next));
                        superfluous.remove(document);
                    });
                    superfluous.forEach(document -> index.remove(tenant, document));
                }));
    }

    /** Removes what is left of the models that the tenant had before. */
    void removeFormerModels(TenantId tenant) {
        alone(tenant, () -> index.removeFormerModels(tenant));
    }

    /** Takes a document's chunks out of the index. */
    @Internal
    public void forget(TenantId tenant, DocumentId document) {
        alone(tenant, () -> index.remove(tenant, document));
    }

    /** As {@link #on(DocumentRemoved)}; what people have changed in its passages stays there for the next reading, not to be found. */
    @EventListener
    void on(DocumentCancelled event) {
        try {
            index(event.tenant(), event.document());
        } catch (RuntimeException e) {
            state(event.tenant()).checked = false;
            log.error(
                    "What was cancelled of document {} stays in the index until the next search", event.document(), e);
        }
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
     * Brings everything in the tenant's index to what PostgreSQL has, document by document, so that searches go on meanwhile; nothing is
     * embedded that has a vector of the tenant's model.
     *
     * @return how many chunks the index has then
     */
    @Internal
    public long rebuild(TenantId tenant) {
        alone(tenant, () -> {
            Set<DocumentId> superfluous = new HashSet<>(index.documents(tenant));
            source.forEachDocument(tenant, document -> {
                replace(tenant, document);
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
