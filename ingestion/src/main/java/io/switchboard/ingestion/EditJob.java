package io.switchboard.ingestion;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** The wish to index a document whose passages were changed by hand, as it is stored with the job. */
record EditJob(TenantId tenant, DocumentId document, int edits) {

    /** Names the job; each change has its own. */
    String id() {
        return tenant + "/" + document + "/" + edits;
    }
}
