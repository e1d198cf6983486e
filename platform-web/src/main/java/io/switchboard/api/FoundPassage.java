package io.switchboard.api;

import io.switchboard.retrieval.Passage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A passage as the search endpoint shows it. */
record FoundPassage(
        UUID chunkId, UUID documentId, String document, List<String> headingPath, String passage, Scores scores) {

    /** Scores of each stage; null where a stage did not find the passage. */
    record Scores(@Nullable Double dense, @Nullable Double lexical, double fused) {}

    static FoundPassage of(Passage passage) {
        return new FoundPassage(
                passage.chunk().value(),
                passage.document().value(),
                passage.documentName(),
                passage.headingPath(),
                passage.text(),
                new Scores(
                        passage.scores().dense(),
                        passage.scores().lexical(),
                        passage.scores().fused()));
    }
}
