package io.switchboard.sites;

import io.switchboard.outbound.WebAddress;
import java.util.regex.Pattern;

/** How the pages of a site are found. */
public enum SiteKind {
    /** The site names them in a sitemap, or an index of sitemaps. */
    SITEMAP,
    /** By following links from a first page, not leaving its host. */
    CRAWL;

    private static final Pattern SITEMAP_FILE =
            Pattern.compile(".*\\.(?:xml|xml\\.gz|txt)(?:\\?.*)?", Pattern.CASE_INSENSITIVE);

    /** What an address most likely is. */
    public static SiteKind of(WebAddress address) {
        return SITEMAP_FILE.matcher(address.target()).matches() ? SITEMAP : CRAWL;
    }
}
