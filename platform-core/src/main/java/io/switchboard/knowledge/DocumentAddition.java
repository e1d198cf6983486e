package io.switchboard.knowledge;

/** Outcome of {@link KnowledgeService#addFile} and {@link KnowledgeService#addFaq}. */
public sealed interface DocumentAddition {

    record Added(Document document) implements DocumentAddition {}

    record UnknownKnowledgeBase() implements DocumentAddition {}

    /** @param limitBytes what one file may have */
    record TooLarge(long limitBytes) implements DocumentAddition {}

    /** @param limit documents the tenant's plan allows */
    record PlanFull(long limit) implements DocumentAddition {}
}
