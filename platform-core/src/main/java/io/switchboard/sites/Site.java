package io.switchboard.sites;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.SiteId;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A web site whose pages are documents of a knowledge base.
 *
 * @param address of its sitemap, or of the page where a crawl begins
 * @param run number of the run that is under way or was last, from 1
 * @param problem why the last run failed, or what it could not do; null if all went well
 * @param validity of its pages
 * @param nextRunAt when it is read again by itself; null while a run is under way, and if only on demand
 */
public record Site(
        SiteId id,
        KnowledgeBaseId knowledgeBase,
        SiteKind kind,
        WebAddress address,
        SiteRules rules,
        SiteState state,
        int run,
        Counts counts,
        @Nullable String problem,
        @Nullable Instant nextRunAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Validity validity,
        Instant createdAt) {

    /**
     * What the present or last run has seen.
     *
     * @param found addresses of pages, looked at or not
     * @param checked addresses that were looked at
     * @param changed pages that are new or say something else
     * @param failed pages that could not be fetched
     * @param removed pages that were taken away because the site has them no more
     * @param documents of the site, whatever run brought them
     * @param ready of these documents
     * @param underWay of these documents, before or in the pipeline
     * @param chunks of all documents of the site
     */
    public record Counts(
            int found,
            int checked,
            int changed,
            int failed,
            int removed,
            int documents,
            int ready,
            int underWay,
            int chunks) {}

    /** Share of the present run that is done, 0 to 1; the whole is what has been found so far. */
    public double progress() {
        return switch (state) {
            case WAITING -> 0;
            case DONE -> 1;
            case RUNNING, FAILED, STOPPED, REMOVING ->
                counts.found() == 0 ? 0 : Math.min(1.0, counts.checked() / (double) counts.found());
        };
    }
}
