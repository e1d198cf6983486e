package io.switchboard.sites;

/** Outcome of {@link SiteService#add}. */
public sealed interface SiteAddition {

    /** Queued; a site that was there already has its new rules and is read again. */
    record Added(Site site) implements SiteAddition {}

    record UnknownKnowledgeBase() implements SiteAddition {}

    /** @param limit sites that a knowledge base may have */
    record TooMany(int limit) implements SiteAddition {}
}
