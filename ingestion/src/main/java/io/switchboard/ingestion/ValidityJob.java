package io.switchboard.ingestion;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** The wish to bring a document's passages into the index or out of it, as it is stored with the job. */
record ValidityJob(TenantId tenant, DocumentId document) {}
