package io.switchboard.retrieval;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ChunksToIndex;
import io.switchboard.knowledge.DocumentProcessing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Brings what people changed in a document's passages into the index. */
@Component
public class EditIndexing {

    private static final Logger log = LoggerFactory.getLogger(EditIndexing.class);

    private final IndexingService indexing;
    private final DocumentProcessing processing;

    EditIndexing(IndexingService indexing, DocumentProcessing processing) {
        this.indexing = indexing;
        this.processing = processing;
    }

    /** Does nothing if the index has every change already. */
    public void catchUp(TenantId tenant, DocumentId document) {
        processing.editsToIndex(tenant, document).ifPresent(edits -> {
            indexing.index(tenant, document);
            processing.markIndexed(tenant, document, edits);
        });
    }

    /** Who changed the passage waits for this. A failure is not theirs: the change is stored, and a job repeats what failed here. */
    @EventListener
    void on(ChunksToIndex event) {
        try {
            catchUp(event.tenant(), event.document());
        } catch (RuntimeException e) {
            log.warn("Changes in document {} are not in the index yet; tried again soon", event.document(), e);
        }
    }
}
