package io.switchboard.knowledge;

/**
 * Outcome of {@link KnowledgeService#addFile}, {@link KnowledgeService#addPage}, {@link KnowledgeService#addFaq} and {@link
 * CrawledPages#take}.
 */
public sealed interface DocumentAddition {

    /** Stored, or found to be there already with the same content. */
    record Added(Document document) implements DocumentAddition {}

    record UnknownKnowledgeBase() implements DocumentAddition {}

    /** @param limitBytes what one file may have */
    record TooLarge(long limitBytes) implements DocumentAddition {}

    /** @param limit documents the tenant's plan allows */
    record PlanFull(long limit) implements DocumentAddition {}

    /** @param limitBytes what all documents of the tenant may have together, by its plan */
    record StorageFull(long limitBytes) implements DocumentAddition {}
}
