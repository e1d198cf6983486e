package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;

/** A document's status, progress or existence changed; published after commit, for live views. */
public record DocumentChanged(TenantId tenant, KnowledgeBaseId knowledgeBase, DocumentId document) {}
