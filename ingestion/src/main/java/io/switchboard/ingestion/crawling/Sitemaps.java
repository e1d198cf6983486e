package io.switchboard.ingestion.crawling;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import io.switchboard.outbound.WebAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads sitemaps (https://www.sitemaps.org/protocol.html): XML, text, feeds, and indexes of them, packed with gzip or not. */
final class Sitemaps {

    /** The protocol's own limit on what is unpacked. */
    static final int MAX_BYTES = 50 * 1024 * 1024;

    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private Sitemaps() {}

    /** @param sitemap whether the address is of another sitemap */
    record Entry(String address, boolean sitemap) {}

    /** @throws IOException if it is no sitemap, or unpacks to more than the protocol allows */
    static List<Entry> read(WebAddress at, Path file) throws IOException {
        byte[] content = unpacked(file);
        AbstractSiteMap map;
        try {
            map = new SiteMapParser(false).parseSiteMap(content, at.uri().toURL());
        } catch (UnknownFormatException e) {
            throw new IOException("not a sitemap", e);
        }
        List<Entry> entries = new ArrayList<>();
        switch (map) {
            case SiteMapIndex index ->
                index.getSitemaps()
                        .forEach(inner -> entries.add(new Entry(inner.getUrl().toString(), true)));
            case SiteMap pages ->
                pages.getSiteMapUrls()
                        .forEach(page -> entries.add(new Entry(page.getUrl().toString(), false)));
            default -> throw new IOException("not a sitemap: " + map.getType());
        }
        return entries;
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            bytes.mark(2);
            boolean packed = bytes.read() == GZIP_1 && bytes.read() == GZIP_2;
            bytes.reset();
            try (InputStream plain = packed ? new GZIPInputStream(bytes) : bytes) {
                byte[] content = plain.readNBytes(MAX_BYTES + 1);
                if (content.length > MAX_BYTES) {
                    throw new IOException("more than " + MAX_BYTES + " bytes");
                }
                return content;
            }
        }
    }
}
