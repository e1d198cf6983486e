package io.switchboard.retrieval;

import java.util.Optional;

/** A kind of {@link ChunkIndex} that the operator can choose. */
public interface VectorStore {

    /** Name as in the setting {@code SWITCHBOARD_VECTOR_STORE}. */
    String name();

    /** @return empty if the store can be used here; else a sentence that says what is missing */
    Optional<String> missing();

    /** The index, with everything made that it needs; always the same one. Only where nothing is missing. */
    ChunkIndex open();

    /** @return true if an index was made here at some time, so that something of a tenant may still be in it */
    boolean used();
}
