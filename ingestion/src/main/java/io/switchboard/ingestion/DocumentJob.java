package io.switchboard.ingestion;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** The wish to process a document at a version, as it is stored with the job. */
record DocumentJob(TenantId tenant, DocumentId document, int version) implements Job {

    /** Names the job; a document has at most one for each version. */
    @Override
    public String id() {
        return tenant + "/" + document + "/" + version;
    }
}
