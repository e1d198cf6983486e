package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** People have stopped the reading of a document; nothing of it is to be found. */
public record DocumentCancelled(TenantId tenant, DocumentId document) {}
