package io.switchboard.kernel;

import java.util.UUID;

/** A knowledge base of one tenant. */
public record KnowledgeBaseId(UUID value) {

    public static KnowledgeBaseId next() {
        return new KnowledgeBaseId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
