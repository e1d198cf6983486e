package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;

/** A document was deleted; published after commit, indexes forget its chunks. */
public record DocumentRemoved(TenantId tenant, KnowledgeBaseId knowledgeBase, DocumentId document) {}
