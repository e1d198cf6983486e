package io.switchboard.sites;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a site, and how often. A pattern is compared with path and query of a page's address, from its first character on:
 * {@code *} stands for any characters, and {@code $} at the end for the end of the address, as in robots.txt.
 *
 * @param maxDepth links between the first page and the farthest, 0 to 20; of no meaning for a sitemap
 * @param maxPages 1 to 10,000
 * @param includes only pages that match one of these are read; empty: all
 * @param excludes pages that match one of these are not read
 * @param refreshHours between the end of a run and the next, 1 to 8,760; null: only when somebody asks
 */
public record SiteRules(
        int maxDepth,
        int maxPages,
        List<String> includes,
        List<String> excludes,
        @Nullable Integer refreshHours) {

    public static final int MAX_DEPTH = 20;
    public static final int MAX_PAGES = 10_000;
    public static final int MAX_REFRESH_HOURS = 8_760;
    public static final int MAX_PATTERNS = 50;
    public static final int MAX_PATTERN_LENGTH = 200;

    public static final SiteRules USUAL = new SiteRules(3, 500, List.of(), List.of(), 24);

    private static final Pattern USABLE = Pattern.compile("[/*][^\\s\\p{Cntrl}]*");

    public SiteRules {
        if (maxDepth < 0 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth outside 0 to " + MAX_DEPTH + ": " + maxDepth);
        }
        if (maxPages < 1 || maxPages > MAX_PAGES) {
            throw new IllegalArgumentException("maxPages outside 1 to " + MAX_PAGES + ": " + maxPages);
        }
        if (refreshHours != null && (refreshHours < 1 || refreshHours > MAX_REFRESH_HOURS)) {
            throw new IllegalArgumentException("refreshHours outside 1 to " + MAX_REFRESH_HOURS + ": " + refreshHours);
        }
        includes = patterns(includes);
        excludes = patterns(excludes);
    }

    private static List<String> patterns(List<String> patterns) {
        if (patterns.size() > MAX_PATTERNS || !patterns.stream().allMatch(SiteRules::isPattern)) {
            throw new IllegalArgumentException("patterns: " + patterns);
        }
        return List.copyOf(patterns);
    }

    /** Whether a text can be a pattern: it begins with a slash or an asterisk and has no spaces. */
    public static boolean isPattern(String text) {
        return text.length() <= MAX_PATTERN_LENGTH && USABLE.matcher(text).matches();
    }

    /** @param target path and query */
    public boolean wants(String target) {
        return (includes.isEmpty() || includes.stream().anyMatch(pattern -> matches(pattern, target)))
                && excludes.stream().noneMatch(pattern -> matches(pattern, target));
    }

    /** Greedy from left to right, so no pattern takes longer than its length times that of the address. */
    private static boolean matches(String pattern, String target) {
        boolean toTheEnd = pattern.endsWith("$");
        String[] parts = (toTheEnd ? pattern.substring(0, pattern.length() - 1) : pattern).split("\\*", -1);
        if (!target.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int found = last && toTheEnd
                    ? (target.endsWith(parts[i]) ? target.length() - parts[i].length() : -1)
                    : target.indexOf(parts[i], at);
            if (found < at) {
                return false;
            }
            at = found + parts[i].length();
        }
        return !toTheEnd || at == target.length();
    }
}
