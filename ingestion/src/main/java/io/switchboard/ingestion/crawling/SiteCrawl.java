package io.switchboard.ingestion.crawling;

import crawlercommons.robots.BaseRobotRules;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.outbound.WebAddress;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteDue;
import io.switchboard.sites.SitePage;
import io.switchboard.sites.SitePage.Look;
import io.switchboard.sites.SiteRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads a site one address at a time: a step ends with what it has written down, and the next may be taken by another process. So a crash
 * loses one request, a stop is heard within one, and sites of all tenants take turns.
 */
@Component
public class SiteCrawl {

    private static final Logger LOG = LoggerFactory.getLogger(SiteCrawl.class);

    /** With more of a tenant's documents before the pipeline, its sites wait: found pages shall not pile up. */
    private static final int MAX_WAITING = 50;

    private static final Duration PIPELINE_PAUSE = Duration.ofSeconds(3);

    private final SiteRuns runs;
    private final DocumentProcessing processing;
    private final Robots robots;
    private final HostTurns turns;
    private final PageVisit visit;
    private final CrawlSettings settings;

    SiteCrawl(
            SiteRuns runs,
            DocumentProcessing processing,
            Robots robots,
            HostTurns turns,
            PageVisit visit,
            CrawlSettings settings) {
        this.runs = runs;
        this.processing = processing;
        this.robots = robots;
        this.turns = turns;
        this.visit = visit;
        this.settings = settings;
    }

    /** @return the pause before the next step; empty when the run is over */
    public Optional<Duration> step(TenantId tenant, SiteId id, int run) {
        if (run == SiteDue.REMOVAL) {
            return runs.remove(tenant, id) ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        Site site = runs.begin(tenant, id, run).orElse(null);
        if (site == null) {
            return Optional.empty();
        }
        if (processing.waiting(tenant) > MAX_WAITING) {
            return Optional.of(PIPELINE_PAUSE);
        }
        SitePage page = runs.next(tenant, id, run).orElse(null);
        if (page == null) {
            runs.complete(tenant, id, run, null);
            LOG.info("Site {} of tenant {} read: {}", id, tenant, site.counts());
            return Optional.empty();
        }
        try {
            return look(tenant, site, page);
        } catch (IOException e) {
            throw new UncheckedIOException("page of site " + id + " could not be stored", e);
        }
    }

    private Optional<Duration> look(TenantId tenant, Site site, SitePage page) throws IOException {
        WebAddress address = address(page.url());
        Duration wait = turns.take(address.host());
        if (!wait.isZero()) {
            return Optional.of(wait);
        }
        Duration rest = settings.delay();
        try {
            BaseRobotRules rules = robots.known(address).orElse(null);
            if (rules == null) {
                return readRobots(tenant, site, address) ? Optional.of(rest) : Optional.empty();
            }
            if (!rules.isAllowed(page.url())) {
                rest = Duration.ZERO;
                return forbidden(tenant, site, page);
            }
            rest = longer(rest, rules.getCrawlDelay());
            return visit.make(tenant, site, page, address) ? Optional.of(rest) : Optional.empty();
        } finally {
            turns.giveBack(address.host(), rest);
        }
    }

    private boolean readRobots(TenantId tenant, Site site, WebAddress address) throws IOException {
        return switch (robots.fetch(address)) {
            case Robots.Reading.Known _ -> true;
            case Robots.Reading.Unknown(var reason) -> {
                runs.fail(tenant, site.id(), site.run(), reason);
                yield false;
            }
        };
    }

    private Optional<Duration> forbidden(TenantId tenant, Site site, SitePage page) {
        if (page.depth() == 0 && page.url().equals(site.address().toString())) {
            runs.fail(tenant, site.id(), site.run(), "The site's robots.txt forbids programs to read this address.");
            return Optional.empty();
        }
        runs.looked(tenant, site.id(), site.run(), page, new Look.Skipped(), List.of());
        return Optional.of(Duration.ZERO);
    }

    private static Duration longer(Duration usual, long millis) {
        return millis > usual.toMillis() ? Duration.ofMillis(millis) : usual;
    }

    /** Gives a run up after too many attempts that went wrong on our side. */
    public void giveUp(TenantId tenant, SiteId id, int run) {
        runs.fail(tenant, id, run, "The site could not be read because of a problem on our side.");
    }

    private static WebAddress address(String stored) {
        return switch (WebAddress.parse(stored)) {
            case WebAddress.Parsing.Good(var address) -> address;
            case WebAddress.Parsing.Bad(var reason) ->
                throw new IllegalStateException("stored address " + stored + " " + reason);
        };
    }
}
