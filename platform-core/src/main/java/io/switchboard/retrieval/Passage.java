package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found.
 *
 * @param documentName for citations
 */
public record Passage(
        ChunkId chunk, DocumentId document, String documentName, List<String> headingPath, String text, Scores scores) {

    public Passage {
        headingPath = List.copyOf(headingPath);
    }

    /**
     * @param dense cosine of question and passage, -1 to 1; null if the vector leg did not find it
     * @param lexical BM25; null if no term of the question is in it
     * @param fused what the passages are ordered by, 0 to 1
     */
    public record Scores(@Nullable Double dense, @Nullable Double lexical, double fused) {}
}
