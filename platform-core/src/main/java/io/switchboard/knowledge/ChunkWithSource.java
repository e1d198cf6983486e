package io.switchboard.knowledge;

/** A chunk and where it comes from, for citations. */
public record ChunkWithSource(Chunk chunk, String documentName) {}
