package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** A document was stored, in the transaction that stores it; the pipeline enqueues its work in the same transaction. */
public record DocumentAdded(TenantId tenant, DocumentId document, int version) {}
