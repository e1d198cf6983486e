package io.switchboard.api;

import io.switchboard.sites.Site;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SiteState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A site as the API shows it.
 *
 * @param refreshHours between two runs; 0: only on demand
 * @param progress share of the addresses found so far that the present run has looked at, 0 to 1
 * @param found addresses that the present or last run came upon; of these: checked, changed, failed
 * @param removed pages that the last run took away
 * @param documents pages of the site that are documents now; of these: ready
 * @param owner who answers for its pages
 * @param validUntil from when on its pages are in no answer; null: they hold for ever
 * @param problem why the last run failed, or what it could not do, for people
 */
record SiteResponse(
        UUID id,
        UUID knowledgeBaseId,
        SiteKind kind,
        String address,
        int maxDepth,
        int maxPages,
        List<String> include,
        List<String> exclude,
        int refreshHours,
        SiteState state,
        double progress,
        int found,
        int checked,
        int changed,
        int failed,
        int removed,
        int documents,
        int ready,
        @Nullable String problem,
        @Nullable Instant nextRunAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String owner,
        @Nullable Instant validUntil,
        Instant createdAt) {

    static SiteResponse of(Site site) {
        Integer hours = site.rules().refreshHours();
        Site.Counts counts = site.counts();
        return new SiteResponse(
                site.id().value(),
                site.knowledgeBase().value(),
                site.kind(),
                site.address().toString(),
                site.rules().maxDepth(),
                site.rules().maxPages(),
                site.rules().includes(),
                site.rules().excludes(),
                hours == null ? 0 : hours,
                site.state(),
                site.progress(),
                counts.found(),
                counts.checked(),
                counts.changed(),
                counts.failed(),
                counts.removed(),
                counts.documents(),
                counts.ready(),
                site.problem(),
                site.nextRunAt(),
                site.startedAt(),
                site.endedAt(),
                site.validity().owner(),
                site.validity().until(),
                site.createdAt());
    }
}
