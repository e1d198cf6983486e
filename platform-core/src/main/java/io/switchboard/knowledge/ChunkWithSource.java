package io.switchboard.knowledge;

/**
 * A chunk and where it comes from, for citations.
 *
 * @param language of its document, ISO 639-1
 */
public record ChunkWithSource(Chunk chunk, String documentName, DocumentKind documentKind, String language) {}
