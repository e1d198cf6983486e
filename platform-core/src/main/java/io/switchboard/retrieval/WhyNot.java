package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import org.jspecify.annotations.Nullable;

/**
 * Why a passage is among those found, or is not.
 *
 * @param dense its place in the list of vectors, as far down as it was looked for; null if it is not there
 * @param lexical its place in the list of words; null if no word of the question is in it
 * @param candidate its place after both lists were joined; null if neither had it within the candidates
 */
public record WhyNot(
        ChunkId chunk,
        Verdict verdict,
        @Nullable Place dense,
        @Nullable Place lexical,
        @Nullable Candidate candidate) {

    /** @param rank from 1 */
    public record Place(int rank, double score) {}

    /** What decided. */
    public enum Verdict {
        /** It is before the model. */
        PACKED,
        OVER_BUDGET,
        DUPLICATE,
        BEYOND_LIMIT,
        /** Too far down in both lists to be a candidate. */
        TOO_FAR,
        /** The filter of the search leaves it out. */
        FILTERED_OUT,
        /** It is in a knowledge base that was not searched. */
        ELSEWHERE,
        /** A person has switched it off. */
        SWITCHED_OFF,
        /** Its document waits, is being read, or has failed. */
        NOT_READY,
        /** The index does not have it, which the next rebuild mends. */
        NOT_INDEXED,
        /** There is no such passage. */
        UNKNOWN
    }
}
