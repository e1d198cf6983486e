package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;

/**
 * Whether answers can use a passage.
 *
 * @param enabled false if a person switched it off
 * @param served whether its document is ready, or was and is being read anew
 */
public record PassageState(
        DocumentId document, String documentName, KnowledgeBaseId knowledgeBase, boolean enabled, boolean served) {}
