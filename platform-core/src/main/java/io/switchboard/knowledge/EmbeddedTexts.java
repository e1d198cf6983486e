package io.switchboard.knowledge;

/**
 * How far a model is with a tenant's passages.
 *
 * @param texts that differ, of passages that answers may use
 * @param embedded of these, that have a vector of the model
 */
public record EmbeddedTexts(long texts, long embedded) {}
