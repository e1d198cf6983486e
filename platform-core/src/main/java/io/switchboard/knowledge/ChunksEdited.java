package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;

/**
 * People changed passages of a document, and the index does not have the change yet. Published in the transaction of the change.
 *
 * @param edits how many changes the document has seen with this one
 */
public record ChunksEdited(TenantId tenant, DocumentId document, int edits) {}
