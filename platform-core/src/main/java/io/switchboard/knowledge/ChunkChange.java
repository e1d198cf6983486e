package io.switchboard.knowledge;

/** Outcome of a change in {@link ChunkService}. */
public sealed interface ChunkChange {

    /** Done, and found by searches. */
    record Saved(EditableChunk chunk) implements ChunkChange {}

    /** The passage is gone, as was asked. */
    record Removed() implements ChunkChange {}

    /** No such passage in this document. */
    record Unknown() implements ChunkChange {}

    /** Somebody else changed it first. */
    record Stale(EditableChunk current) implements ChunkChange {}

    /** @param reason for people, a whole sentence */
    record Refused(String reason) implements ChunkChange {}
}
