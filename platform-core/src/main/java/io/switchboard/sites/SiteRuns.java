package io.switchboard.sites;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.CrawledPages;
import io.switchboard.permissions.Internal;
import io.switchboard.sites.SitePage.Found;
import io.switchboard.sites.SitePage.Look;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Runs of sites, step by step. Each step is written down when it is done, so a run that a crash has cut off goes on with the next; steps of
 * a run that was stopped, or whose site was deleted, change nothing.
 */
@Service
public class SiteRuns {

    /** A page is taken away when this many runs in a row did not find it. */
    static final int MISSED_RUNS = 2;

    private static final int MAX_SITEMAPS = 500;
    private static final int PORTION = 20;

    private final TenantTransactions transactions;
    private final Sites sites;
    private final SitePages pages;
    private final CrawledPages documents;
    private final SiteEvents events;
    private final Clock clock;

    SiteRuns(
            TenantTransactions transactions,
            Sites sites,
            SitePages pages,
            CrawledPages documents,
            SiteEvents events,
            Clock clock) {
        this.transactions = transactions;
        this.sites = sites;
        this.pages = pages;
        this.documents = documents;
        this.events = events;
        this.clock = clock;
    }

    /** How many sites of the tenant are being read or wait for it. */
    @Internal
    public int underWay(TenantId tenant) {
        return transactions.call(tenant, () -> sites.underWay(tenant));
    }

    /** Begins a run whose time has come, or goes on with it; empty if there is nothing (more) to do. */
    @Internal
    public Optional<Site> begin(TenantId tenant, SiteId id, int run) {
        return transactions.call(
                tenant,
                () -> sites.lock(tenant, id).flatMap(site -> {
                    if (site.state() == SiteState.RUNNING && site.run() == run) {
                        return Optional.of(site);
                    }
                    if (!isToBegin(site, run)) {
                        return Optional.<Site>empty();
                    }
                    sites.begin(tenant, id, run, now());
                    pages.see(
                            tenant,
                            id,
                            run,
                            List.of(new Found(site.address().toString(), site.kind() == SiteKind.SITEMAP, 0)));
                    return Optional.of(changed(tenant, id));
                }));
    }

    private boolean isToBegin(Site site, int run) {
        return switch (site.state()) {
            case WAITING -> site.run() == run;
            case DONE, FAILED, STOPPED ->
                site.run() + 1 == run
                        && site.nextRunAt() != null
                        && !site.nextRunAt().isAfter(clock.instant());
            case RUNNING, REMOVING -> false;
        };
    }

    /** The next address to look at; empty if all are done. */
    @Internal
    public Optional<SitePage> next(TenantId tenant, SiteId id, int run) {
        return transactions.call(tenant, () -> pages.next(tenant, id, run));
    }

    /**
     * Writes down what came of an address, and which others it names.
     *
     * @param found in the order in which they are to be looked at; those beyond the site's limit of pages are left out
     */
    @Internal
    public void looked(TenantId tenant, SiteId id, int run, SitePage page, Look look, List<Found> found) {
        transactions.run(
                tenant,
                () -> sites.lock(tenant, id)
                        .filter(site -> isUnderWay(site, run))
                        .ifPresent(site -> {
                            see(tenant, site, found);
                            switch (look) {
                                case Look.Changed(var document, var validators, var fingerprint, var links) ->
                                    pages.done(
                                            tenant,
                                            page.id(),
                                            run,
                                            "CHANGED",
                                            document,
                                            validators,
                                            fingerprint,
                                            links);
                                case Look.Same(var validators, var links) ->
                                    pages.done(tenant, page.id(), run, "SAME", null, validators, null, links);
                                case Look.Skipped _ ->
                                    pages.done(tenant, page.id(), run, "SKIPPED", null, null, null, null);
                                case Look.Gone _ -> pages.done(tenant, page.id(), run, "GONE", null, null, null, null);
                                case Look.Failed _ ->
                                    pages.done(tenant, page.id(), run, "FAILED", null, null, null, null);
                            }
                            sites.add(
                                    tenant,
                                    id,
                                    1,
                                    look instanceof Look.Changed ? 1 : 0,
                                    look instanceof Look.Failed || look instanceof Look.Gone ? 1 : 0);
                            changed(tenant, id);
                        }));
    }

    private static boolean isUnderWay(Site site, int run) {
        return site.state() == SiteState.RUNNING && site.run() == run;
    }

    private void see(TenantId tenant, Site site, List<Found> found) {
        List<Found> unseen = pages.unseen(tenant, site.id(), site.run(), found);
        int roomForPages = site.rules().maxPages() - pages.seen(tenant, site.id(), site.run(), false);
        int roomForSitemaps = MAX_SITEMAPS - pages.seen(tenant, site.id(), site.run(), true);
        List<Found> taken = new ArrayList<>();
        for (Found one : unseen) {
            if (one.sitemap() ? roomForSitemaps-- > 0 : roomForPages-- > 0) {
                taken.add(one);
            }
        }
        if (!taken.isEmpty()) {
            pages.see(tenant, site.id(), site.run(), taken);
        }
    }

    /** Whether an address was passed over in this run already; so two pages that each name the other as the real one are not both lost. */
    @Internal
    public boolean skipped(TenantId tenant, SiteId id, int run, String url) {
        return transactions.call(tenant, () -> pages.skipped(tenant, id, run, url));
    }

    /** The address is to be looked at once more, after the others. */
    @Internal
    public void postpone(TenantId tenant, SiteId id, SitePage page) {
        transactions.run(tenant, () -> pages.postpone(tenant, page.id()));
    }

    /** Ends a run that could not go on. Nothing is taken away, as the site may be well tomorrow. */
    @Internal
    public void fail(TenantId tenant, SiteId id, int run, String problem) {
        end(tenant, id, run, SiteState.FAILED, 0, problem);
    }

    /** Ends a run that has looked at everything, and takes away what two runs in a row did not find. */
    @Internal
    public void complete(TenantId tenant, SiteId id, int run, @Nullable String problem) {
        boolean counted = transactions.call(tenant, () -> {
            Site site = sites.lock(tenant, id)
                    .filter(found -> isUnderWay(found, run))
                    .orElse(null);
            if (site == null) {
                return false;
            }
            boolean whole = problem == null
                    && pages.seen(tenant, id, run, false) < site.rules().maxPages();
            pages.countMissed(tenant, id, run, whole);
            return true;
        });
        if (counted) {
            end(tenant, id, run, SiteState.DONE, removeMissed(tenant, id), problem);
        }
    }

    private int removeMissed(TenantId tenant, SiteId id) {
        int removed = 0;
        while (true) {
            List<SitePages.Missed> portion =
                    transactions.call(tenant, () -> pages.missed(tenant, id, MISSED_RUNS, PORTION));
            if (portion.isEmpty()) {
                return removed;
            }
            for (SitePages.Missed page : portion) {
                DocumentId document = page.document();
                removed += document != null && documents.remove(tenant, id, document) ? 1 : 0;
                transactions.run(tenant, () -> pages.delete(tenant, page.id()));
            }
        }
    }

    private void end(TenantId tenant, SiteId id, int run, SiteState state, int removed, @Nullable String problem) {
        transactions.run(
                tenant,
                () -> sites.lock(tenant, id)
                        .filter(site -> isUnderWay(site, run))
                        .ifPresent(site -> {
                            Instant next = SiteService.next(site.rules(), now());
                            sites.end(tenant, id, state, removed, problem, now(), next);
                            if (next != null) {
                                events.now(new SiteDue(tenant, id, run + 1, next));
                            }
                            changed(tenant, id);
                        }));
    }

    /**
     * Takes some pages of a site away that is being deleted, and in the end the site.
     *
     * @return false once nothing is left
     */
    @Internal
    public boolean remove(TenantId tenant, SiteId id) {
        Site site = transactions
                .call(tenant, () -> sites.find(tenant, id))
                .filter(found -> found.state() == SiteState.REMOVING)
                .orElse(null);
        if (site == null) {
            return false;
        }
        List<DocumentId> portion = documents.ofSite(tenant, id, PORTION);
        for (DocumentId document : portion) {
            documents.remove(tenant, id, document);
        }
        transactions.run(tenant, () -> {
            if (portion.isEmpty()) {
                sites.delete(tenant, id);
            }
            events.afterCommit(new SiteChanged(tenant, site.knowledgeBase(), id));
        });
        return !portion.isEmpty();
    }

    private Site changed(TenantId tenant, SiteId id) {
        Site site = sites.find(tenant, id).orElseThrow();
        events.afterCommit(new SiteChanged(tenant, site.knowledgeBase(), id));
        return site;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
