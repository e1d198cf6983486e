package io.switchboard.sites;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.CrawledPages;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.sites.SitePage.Found;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Web sites of a tenant: added, changed, read again, stopped, taken away. */
@Service
public class SiteService {

    /** Sites of one knowledge base. */
    public static final int MAX_SITES = 100;

    private final TenantTransactions transactions;
    private final KnowledgeService knowledge;
    private final Sites sites;
    private final SitePages pages;
    private final CrawledPages crawled;
    private final SiteEvents events;
    private final AuditService audit;
    private final Clock clock;

    SiteService(
            TenantTransactions transactions,
            KnowledgeService knowledge,
            Sites sites,
            SitePages pages,
            CrawledPages crawled,
            SiteEvents events,
            AuditService audit,
            Clock clock) {
        this.transactions = transactions;
        this.knowledge = knowledge;
        this.sites = sites;
        this.pages = pages;
        this.crawled = crawled;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Queues a site to be read. An address that the knowledge base has already gets these rules and is read again. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public SiteAddition add(TenantId tenant, KnowledgeBaseId base, SiteKind kind, WebAddress address, SiteRules rules) {
        return transactions.call(tenant, () -> {
            if (knowledge.findKnowledgeBase(tenant, base).isEmpty()) {
                return new SiteAddition.UnknownKnowledgeBase();
            }
            SiteId known = sites.findByAddress(tenant, base, address.toString()).orElse(null);
            if (known != null) {
                sites.lock(tenant, known);
                sites.setRules(tenant, known, kind, rules, null);
                return new SiteAddition.Added(refresh(tenant, known).orElseThrow());
            }
            if (sites.count(tenant, base) >= MAX_SITES) {
                return new SiteAddition.TooMany(MAX_SITES);
            }
            SiteId id = SiteId.next();
            sites.insert(tenant, id, base, kind, address, rules, now());
            pages.see(tenant, id, 1, List.of(new Found(address.toString(), kind == SiteKind.SITEMAP, 0)));
            audit.record(tenant, "added", "site", id.value(), address.toString());
            return new SiteAddition.Added(announced(tenant, id, 1, now()));
        });
    }

    /** Oldest first. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Slice<Site> sites(TenantId tenant, KnowledgeBaseId base, PageRequest page) {
        List<Site> rows = transactions.call(tenant, () -> sites.list(tenant, base, page.after(), page.limit() + 1));
        return Slice.cut(rows, page.limit(), site -> site.id().toString());
    }

    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<Site> find(TenantId tenant, SiteId id) {
        return transactions.call(tenant, () -> sites.find(tenant, id));
    }

    /** Changes what is read, from the next page on, and when; empty if there is no such site. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Site> change(TenantId tenant, SiteId id, SiteRules rules) {
        return withSite(tenant, id, site -> {
            Instant next = site.state().underWay() ? null : next(rules, now());
            sites.setRules(tenant, id, site.kind(), rules, next);
            audit.record(tenant, "changed", "site", id.value(), site.address().toString());
            return announced(tenant, id, site.run() + 1, next);
        });
    }

    /**
     * Sets who answers for the pages of a site and until when they hold, for those that are there and for those that come; empty if there is
     * no such site.
     *
     * @param validity with an owner of 1 to 120 characters, if any
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Site> changeValidity(TenantId tenant, SiteId id, Validity validity) {
        Instant until = validity.until() == null ? null : validity.until().truncatedTo(ChronoUnit.MICROS);
        Validity stored = new Validity(validity.owner(), until);
        return withSite(tenant, id, site -> {
            sites.setValidity(tenant, id, stored);
            crawled.setValidity(tenant, site.knowledgeBase(), id, stored);
            audit.record(tenant, "changed", "site", id.value(), site.address().toString());
            return announced(tenant, id, site.run() + 1, null);
        });
    }

    /** Reads a site again now; one that is being read goes on. Empty if there is no such site. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Site> refresh(TenantId tenant, SiteId id) {
        return withSite(tenant, id, site -> {
            audit.record(tenant, "refreshed", "site", id.value(), site.address().toString());
            if (site.state().underWay()) {
                return announced(tenant, id, site.run(), null);
            }
            sites.queue(tenant, id, site.run() + 1);
            return announced(tenant, id, site.run() + 1, now());
        });
    }

    /** Ends the run that is under way; pages that it has brought stay. Empty if there is no such site. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public Optional<Site> stop(TenantId tenant, SiteId id) {
        return withSite(tenant, id, site -> {
            audit.record(tenant, "stopped", "site", id.value(), site.address().toString());
            if (!site.state().underWay()) {
                return site;
            }
            Instant next = next(site.rules(), now());
            sites.end(tenant, id, SiteState.STOPPED, 0, null, now(), next);
            return announced(tenant, id, site.run() + 1, next);
        });
    }

    /** Takes a site away with all pages that it brought, in the background; false if there is no such site. */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public boolean delete(TenantId tenant, SiteId id) {
        return withSite(tenant, id, site -> {
                    sites.markRemoving(tenant, id);
                    audit.record(
                            tenant,
                            "deleted",
                            "site",
                            id.value(),
                            site.address().toString());
                    return announced(tenant, id, SiteDue.REMOVAL, now());
                })
                .isPresent();
    }

    private Optional<Site> withSite(TenantId tenant, SiteId id, UnaryOperator<Site> work) {
        return transactions.call(
                tenant,
                () -> sites.lock(tenant, id).map(site -> site.state() == SiteState.REMOVING ? site : work.apply(site)));
    }

    /** @param at when the run begins; null if it is planned already or not at all */
    private Site announced(TenantId tenant, SiteId id, int run, @Nullable Instant at) {
        Site site = sites.find(tenant, id).orElseThrow();
        if (at != null) {
            events.now(new SiteDue(tenant, id, run, at));
        }
        events.afterCommit(new SiteChanged(tenant, site.knowledgeBase(), id));
        return site;
    }

    static @Nullable Instant next(SiteRules rules, Instant from) {
        Integer hours = rules.refreshHours();
        return hours == null ? null : from.plus(Duration.ofHours(hours));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
