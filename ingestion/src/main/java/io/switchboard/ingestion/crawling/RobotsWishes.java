package io.switchboard.ingestion.crawling;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a page asks of programs that read it, in its robots meta tags or in the header {@code X-Robots-Tag}; see
 * https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag.
 *
 * @param take whether its text may be taken
 * @param follow whether its links may be followed
 */
record RobotsWishes(boolean take, boolean follow) {

    /** Rules that have a value behind a colon, which is no name of a program then. */
    private static final Set<String> WITH_VALUE =
            Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

    /** Of header values such as {@code noindex, nofollow} and {@code somebot: noindex}. */
    static RobotsWishes ofHeaders(List<String> values) {
        Set<String> rules = new HashSet<>();
        for (String value : values) {
            String lower = value.toLowerCase(Locale.ROOT).strip();
            int colon = lower.indexOf(':');
            String name = colon < 0 ? "" : lower.substring(0, colon).strip();
            if (colon < 0 || name.contains(",") || WITH_VALUE.contains(name)) {
                add(rules, lower);
            } else if (name.equals(Robots.NAME)) {
                add(rules, lower.substring(colon + 1));
            }
        }
        return of(rules);
    }

    /** Of the content of meta tags that are meant for us. */
    static RobotsWishes ofTags(List<String> contents) {
        Set<String> rules = new HashSet<>();
        contents.forEach(content -> add(rules, content.toLowerCase(Locale.ROOT)));
        return of(rules);
    }

    private static void add(Set<String> rules, String list) {
        Arrays.stream(list.split(",")).map(String::strip).forEach(rules::add);
    }

    private static RobotsWishes of(Set<String> rules) {
        boolean none = rules.contains("none");
        return new RobotsWishes(!none && !rules.contains("noindex"), !none && !rules.contains("nofollow"));
    }

    RobotsWishes and(RobotsWishes other) {
        return new RobotsWishes(take && other.take, follow && other.follow);
    }
}
