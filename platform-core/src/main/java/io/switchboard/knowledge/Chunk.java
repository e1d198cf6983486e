package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import java.util.List;

/**
 * A passage of a document.
 *
 * @param ordinal position in the document, from 0
 * @param headingPath title and headings above the passage, outermost first
 * @param textHash SHA-256 of {@link NewChunk#embeddedText}, hex
 */
public record Chunk(
        ChunkId id,
        DocumentId document,
        KnowledgeBaseId knowledgeBase,
        int ordinal,
        List<String> headingPath,
        String text,
        int tokens,
        String textHash) {

    public Chunk {
        headingPath = List.copyOf(headingPath);
    }
}
