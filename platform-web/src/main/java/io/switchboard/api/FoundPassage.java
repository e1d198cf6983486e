package io.switchboard.api;

import io.switchboard.retrieval.Passage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage as the search endpoint shows it.
 *
 * @param packed whether a model that answers would be given it
 */
record FoundPassage(
        UUID chunkId,
        UUID documentId,
        String document,
        List<String> headingPath,
        String passage,
        boolean packed,
        Scores scores) {

    /** Scores of each stage; null where a stage did not find the passage, or is not there. */
    record Scores(
            @Nullable Double dense,
            @Nullable Double lexical,
            double fused,
            @Nullable Double rerank) {}

    static FoundPassage of(Passage passage, boolean packed) {
        return new FoundPassage(
                passage.chunk().value(),
                passage.document().value(),
                passage.documentName(),
                passage.headingPath(),
                passage.text(),
                packed,
                new Scores(
                        passage.scores().dense(),
                        passage.scores().lexical(),
                        passage.scores().fused(),
                        passage.scores().rerank()));
    }
}
