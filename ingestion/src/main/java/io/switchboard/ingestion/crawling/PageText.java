package io.switchboard.ingestion.crawling;

import io.switchboard.kernel.Sha256;
import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a crawl wants to know of a page before it is read as a document.
 *
 * @param fingerprint changes with the page's text and its structure, not with scripts, styles and whatever else a site makes anew for each
 *     visitor
 * @param links in their canonical form, in the order of the page, without what lies on other sites
 * @param wanted false if the page asks not to be taken, in its robots meta tag or its header
 * @param canonical the address on the same site that the page calls its own; null if that is the one it was found at, or it names none
 */
record PageText(
        String fingerprint,
        List<String> links,
        boolean wanted,
        @Nullable WebAddress canonical) {

    /** The DOM of a page lives in our memory, so a page that is larger leads nowhere. */
    private static final int MAX_HTML = 512 * 1024;

    private static final int MAX_LINKS = 1_000;
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

    static boolean isHtml(String mediaType) {
        return HTML.contains(mediaType);
    }

    static PageText read(WebAddress at, String mediaType, RobotsWishes header, Path file) throws IOException {
        if (!isHtml(mediaType) || Files.size(file) > MAX_HTML) {
            return new PageText(digest(file), List.of(), header.take(), null);
        }
        Document page = Jsoup.parse(file, null, at.toString());
        RobotsWishes wishes = robots(page).and(header);
        List<String> links = wishes.follow() ? links(at, page) : List.of();
        WebAddress canonical = canonical(at, page);
        return new PageText(fingerprint(page), links, wishes.take(), canonical);
    }

    private static RobotsWishes robots(Document page) {
        List<String> contents = new ArrayList<>();
        for (Element meta : page.select("meta[name]")) {
            String name = meta.attr("name").toLowerCase(Locale.ROOT);
            if (name.equals("robots") || name.equals(Robots.NAME)) {
                contents.add(meta.attr("content"));
            }
        }
        return RobotsWishes.ofTags(contents);
    }

    /** A page that calls another site's address its own is taken nevertheless: it is this site that was asked for. */
    private static @Nullable WebAddress canonical(WebAddress at, Document page) {
        Element link = page.selectFirst("link[rel~=(?i)^canonical$][href]");
        return link == null
                ? null
                : PageAddresses.canonical(at, link.attr("href"))
                        .filter(address -> PageAddresses.sameSite(at, address))
                        .filter(address -> !address.toString().equals(at.toString()))
                        .orElse(null);
    }

    private static List<String> links(WebAddress at, Document page) {
        Element base = page.selectFirst("base[href]");
        WebAddress from = base == null
                ? at
                : PageAddresses.canonical(at, base.attr("href")).orElse(at);
        Set<String> links = new LinkedHashSet<>();
        for (Element link : page.select("a[href]")) {
            if (links.size() == MAX_LINKS) {
                break;
            }
            if (!link.attr("rel").contains("nofollow")) {
                PageAddresses.canonical(from, link.attr("href"))
                        .filter(address -> PageAddresses.sameSite(at, address))
                        .filter(PageAddresses::mayHoldText)
                        .ifPresent(address -> links.add(address.toString()));
            }
        }
        links.remove(at.toString());
        return List.copyOf(links);
    }

    private static String fingerprint(Document page) throws IOException {
        page.select("script, style, noscript, template, link, meta, input").remove();
        page.getAllElements().forEach(Node::clearAttributes);
        return Sha256.hex(page.outerHtml());
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream digesting = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        }
    }
}
