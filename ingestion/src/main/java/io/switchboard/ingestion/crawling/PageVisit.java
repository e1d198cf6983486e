package io.switchboard.ingestion.crawling;

import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.CrawledPages;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.outbound.Fetching;
import io.switchboard.outbound.OutboundFetcher;
import io.switchboard.outbound.Validators;
import io.switchboard.outbound.Visiting;
import io.switchboard.outbound.WebAddress;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SitePage;
import io.switchboard.sites.SitePage.Found;
import io.switchboard.sites.SitePage.Look;
import io.switchboard.sites.SiteRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** One request of a crawl, and what follows from its answer. */
@Component
class PageVisit {

    private static final int MAX_ATTEMPTS = 3;
    private static final int MANY_FAILURES = 20;

    /** Of what lies on a site besides pages, what people write for people. */
    private static final Set<String> TEXTS = Set.of(
            "text/html",
            "application/xhtml+xml",
            "text/plain",
            "text/markdown",
            "application/pdf",
            "application/msword",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.oasis.opendocument.text");

    private final OutboundFetcher fetcher;
    private final CrawledPages documents;
    private final SiteRuns runs;

    PageVisit(OutboundFetcher fetcher, CrawledPages documents, SiteRuns runs) {
        this.fetcher = fetcher;
        this.documents = documents;
        this.runs = runs;
    }

    /** @return false if the run is over */
    boolean make(TenantId tenant, Site site, SitePage page, WebAddress address) throws IOException {
        Path file = Files.createTempFile("page", null);
        try {
            return new Visit(tenant, site, page, address, file).make();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private final class Visit {

        private final TenantId tenant;
        private final Site site;
        private final SitePage page;
        private final WebAddress address;
        private final Path file;

        Visit(TenantId tenant, Site site, SitePage page, WebAddress address, Path file) {
            this.tenant = tenant;
            this.site = site;
            this.page = page;
            this.address = address;
            this.file = file;
        }

        boolean make() throws IOException {
            long limit = page.sitemap() ? Sitemaps.MAX_BYTES : documents.maxPageBytes(tenant);
            Validators known = page.sitemap() ? Validators.NONE : page.validators();
            Visiting visiting = fetcher.visit(
                    address,
                    known,
                    limit,
                    (type, bytes) -> Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING));
            return switch (visiting) {
                case Visiting.Unchanged _ ->
                    looked(new Look.Same(page.validators(), page.links()), linked(page.links()));
                case Visiting.Moved(var to) -> moved(to);
                case Visiting.Answered(Fetching.Failed(var problem, var reason)) -> failed(problem, reason);
                case Visiting.Answered(Fetching.Fetched fetched) -> page.sitemap() ? sitemap(fetched) : text(fetched);
            };
        }

        private boolean looked(Look look, List<Found> found) {
            runs.looked(tenant, site.id(), site.run(), page, look, found);
            return true;
        }

        private boolean fail(String problem) {
            runs.fail(tenant, site.id(), site.run(), problem);
            return false;
        }

        /** Where everything begins; without it there is nothing to read. */
        private boolean isFirst() {
            return page.depth() == 0 && page.url().equals(site.address().toString());
        }

        private boolean moved(WebAddress to) {
            WebAddress next = PageAddresses.canonical(to).orElse(to);
            if (PageAddresses.sameSite(address, next)) {
                return looked(new Look.Skipped(), List.of(new Found(next.toString(), page.sitemap(), page.depth())));
            }
            return isFirst()
                    ? fail("The site sends its readers on to " + next.host() + "; add that address instead.")
                    : looked(new Look.Skipped(), List.of());
        }

        private boolean failed(Fetching.Problem problem, String reason) {
            boolean temporary = problem == Fetching.Problem.BUSY
                    || problem == Fetching.Problem.UNREACHABLE
                    || problem == Fetching.Problem.TOO_SLOW;
            if (temporary && page.attempts() + 1 < MAX_ATTEMPTS) {
                runs.postpone(tenant, site.id(), page);
                return true;
            }
            if (isFirst()) {
                return fail(reason);
            }
            if (problem == Fetching.Problem.GONE) {
                return looked(new Look.Gone(), List.of());
            }
            Site.Counts counts = site.counts();
            if (temporary && counts.failed() >= MANY_FAILURES && counts.failed() > counts.checked() / 2) {
                return fail("Most pages cannot be fetched, so the rest was left alone. " + reason);
            }
            return looked(new Look.Failed(), List.of());
        }

        private boolean sitemap(Fetching.Fetched fetched) {
            List<Sitemaps.Entry> entries;
            try {
                entries = Sitemaps.read(fetched.at(), file);
            } catch (IOException _) {
                return isFirst()
                        ? fail(
                                "This address is no sitemap that can be read. Give the address of the site's sitemap.xml,"
                                        + " or have its links followed.")
                        : looked(new Look.Failed(), List.of());
            }
            List<Found> found = new ArrayList<>();
            for (Sitemaps.Entry entry : entries) {
                PageAddresses.canonical(address, entry.address())
                        .filter(one -> PageAddresses.sameSite(address, one))
                        .filter(one -> entry.sitemap() || isWanted(one))
                        .ifPresent(one -> found.add(new Found(one.toString(), entry.sitemap(), 0)));
            }
            return looked(
                    new Look.Same(Validators.NONE, List.of()),
                    found.stream().distinct().toList());
        }

        private boolean text(Fetching.Fetched fetched) throws IOException {
            if (!TEXTS.contains(fetched.mediaType())) {
                return looked(new Look.Skipped(), List.of());
            }
            PageText text = PageText.read(address, fetched.mediaType(), RobotsWishes.ofHeaders(fetched.robots()), file);
            List<Found> found = linked(text.links());
            WebAddress own = text.canonical();
            if (own != null && isWanted(own) && !runs.skipped(tenant, site.id(), site.run(), own.toString())) {
                found = new ArrayList<>(found);
                found.addFirst(new Found(own.toString(), false, page.depth()));
                return looked(new Look.Skipped(), found);
            }
            if (!text.wanted() || !site.rules().wants(address.target())) {
                return looked(new Look.Skipped(), found);
            }
            if (text.fingerprint().equals(page.fingerprint())) {
                return looked(new Look.Same(fetched.validators(), text.links()), found);
            }
            return switch (take(fetched.mediaType())) {
                case CrawledPages.Taken.Queued(var document) ->
                    looked(new Look.Changed(document, fetched.validators(), text.fingerprint(), text.links()), found);
                case CrawledPages.Taken.Refused(var refusal) -> {
                    runs.complete(tenant, site.id(), site.run(), sentence(refusal));
                    yield false;
                }
            };
        }

        private CrawledPages.Taken take(String mediaType) throws IOException {
            try (InputStream bytes = Files.newInputStream(file)) {
                return documents.take(
                        tenant, site.knowledgeBase(), site.id(), site.validity(), address, mediaType, bytes);
            }
        }

        private List<Found> linked(List<String> links) {
            if (site.kind() == SiteKind.SITEMAP || page.depth() >= site.rules().maxDepth()) {
                return List.of();
            }
            return links.stream()
                    .filter(link -> WebAddress.parse(link) instanceof WebAddress.Parsing.Good(var one) && isWanted(one))
                    .map(link -> new Found(link, false, page.depth() + 1))
                    .toList();
        }

        private boolean isWanted(WebAddress one) {
            return PageAddresses.mayHoldText(one) && site.rules().wants(one.target());
        }
    }

    private static String sentence(DocumentAddition refusal) {
        return switch (refusal) {
            case DocumentAddition.PlanFull(long limit) ->
                "Your plan allows " + limit + " documents, so not all pages were read.";
            case DocumentAddition.StorageFull(long limit) ->
                "Your plan allows " + limit + " bytes of documents, so not all pages were read.";
            case DocumentAddition.TooLarge _, DocumentAddition.UnknownKnowledgeBase _, DocumentAddition.Added _ ->
                "The knowledge base is gone.";
        };
    }
}
