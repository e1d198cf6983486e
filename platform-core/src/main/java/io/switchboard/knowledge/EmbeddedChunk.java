package io.switchboard.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A chunk with its vector, as an index takes it.
 *
 * @param vector null if this text has not been embedded by the model asked for
 */
public record EmbeddedChunk(Chunk chunk, float @Nullable [] vector) {}
