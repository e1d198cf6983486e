package io.switchboard.api;

import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SiteRules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A site as clients write it; what is absent keeps its value, or has the default in a new site.
 *
 * @param address of a sitemap, or of the page where a crawl begins; cannot be changed later
 * @param kind cannot be changed later; absent: SITEMAP if the address ends in .xml, .xml.gz or .txt, else CRAWL
 * @param maxDepth links between the first page and the farthest
 * @param include only addresses whose path matches one of these are read, as in {@code /docs/*}
 * @param refreshHours between two runs; 0: only on demand
 * @param owner who answers for its pages; empty: nobody
 * @param validUntil from when on its pages are in no answer, such as 2027-01-01T00:00:00Z; empty: they hold for ever
 */
record SiteRequest(
        @Nullable String address,
        @Nullable SiteKind kind,
        @Nullable @Min(0) @Max(SiteRules.MAX_DEPTH) Integer maxDepth,
        @Nullable @Min(1) @Max(SiteRules.MAX_PAGES) Integer maxPages,
        @Nullable @Size(max = SiteRules.MAX_PATTERNS) List<@NotNull String> include,
        @Nullable @Size(max = SiteRules.MAX_PATTERNS) List<@NotNull String> exclude,

        @Nullable @Min(0) @Max(SiteRules.MAX_REFRESH_HOURS) Integer refreshHours,
        @Nullable @Size(max = 120) String owner,
        @Nullable @Size(max = 40) String validUntil) {

    Validity over(Validity before) {
        return Fields.validity(owner, validUntil, before);
    }

    WebAddress required() {
        return switch (WebAddress.parse(Objects.requireNonNullElse(address, ""))) {
            case WebAddress.Parsing.Good(var good) -> good;
            case WebAddress.Parsing.Bad(var reason) -> throw ApiProblem.invalid("address", reason);
        };
    }

    SiteKind kindOr(WebAddress typed) {
        return kind != null ? kind : SiteKind.of(typed);
    }

    SiteRules over(SiteRules before) {
        return new SiteRules(
                Objects.requireNonNullElse(maxDepth, before.maxDepth()),
                Objects.requireNonNullElse(maxPages, before.maxPages()),
                patterns("include", include, before.includes()),
                patterns("exclude", exclude, before.excludes()),
                refreshHours == null ? before.refreshHours() : refreshHours == 0 ? null : refreshHours);
    }

    private static List<String> patterns(String field, @Nullable List<String> typed, List<String> before) {
        if (typed == null) {
            return before;
        }
        for (String pattern : typed) {
            if (!SiteRules.isPattern(pattern)) {
                throw ApiProblem.invalid(field, "must be patterns that begin with / or *, as /docs/*");
            }
        }
        return typed;
    }
}
