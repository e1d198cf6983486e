package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/** As {@link ChunksEdited}, once the change is committed. Who changed it waits until searches find it. */
public record ChunksToIndex(TenantId tenant, DocumentId document) {}
