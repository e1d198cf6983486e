package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.retrieval.Passage.Scores;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that one of the two lists has, and what became of it.
 *
 * @param rank among all candidates, from 1
 * @param denseRank in the list of vectors, from 1; null if it is not there
 * @param lexicalRank in the list of words, from 1; null if it is not there
 * @param sameAs the better passage that says the same, of a {@link Fate#DUPLICATE}; null otherwise
 */
public record Candidate(
        ChunkId chunk,
        int rank,
        @Nullable Integer denseRank,
        @Nullable Integer lexicalRank,
        Scores scores,
        Fate fate,
        @Nullable ChunkId sameAs) {

    /** What became of a candidate. */
    public enum Fate {
        /** Among the passages, and put before a model. */
        PACKED,
        /** Among the passages, but a model is not given so much text. */
        OVER_BUDGET,
        /** A better passage says the same. */
        DUPLICATE,
        /** Enough others are better. */
        BEYOND_LIMIT,
        /** Its document is not ready, or a person has just taken it out. */
        NOT_READY
    }
}
