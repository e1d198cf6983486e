package io.switchboard.kernel;

import java.util.UUID;

/** A passage of a document, the unit of retrieval. */
public record ChunkId(UUID value) {

    public static ChunkId next() {
        return new ChunkId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
