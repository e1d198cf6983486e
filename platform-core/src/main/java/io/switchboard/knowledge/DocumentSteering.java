package io.switchboard.knowledge;

/** Outcome of {@link KnowledgeService#cancelDocument} and {@link KnowledgeService#retryDocument}. */
public sealed interface DocumentSteering {

    /** @param document as it is now */
    record Done(Document document) implements DocumentSteering {}

    /** It is in no state for that: only what waits or is being read can be cancelled, and only what failed can be tried again. */
    record NotNow(Document document) implements DocumentSteering {}

    record Unknown() implements DocumentSteering {}
}
