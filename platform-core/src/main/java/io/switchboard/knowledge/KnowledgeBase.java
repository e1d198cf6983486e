package io.switchboard.knowledge;

import io.switchboard.kernel.KnowledgeBaseId;
import java.time.Instant;

/**
 * A set of documents that bots answer from.
 *
 * @param language ISO 639-1 code, of documents that do not say for certain what language they are in
 */
public record KnowledgeBase(KnowledgeBaseId id, String name, String language, long documents, Instant createdAt) {}
