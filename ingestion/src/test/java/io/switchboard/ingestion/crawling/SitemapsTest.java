package io.switchboard.ingestion.crawling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.outbound.WebAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitemapsTest {

    private static final WebAddress AT =
            ((WebAddress.Parsing.Good) WebAddress.parse("https://example.org/sitemap.xml")).address();

    private static final String PAGES = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <url><loc>https://example.org/a</loc><lastmod>2024-01-01</lastmod></url>
            <url><loc>https://example.org/b?x=1&amp;y=2</loc></url></urlset>
            """;

    @TempDir
    Path directory;

    @Test
    void reads_pages_packed_or_not() throws IOException {
        byte[] plain = PAGES.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }

        assertThat(read(plain))
                .containsExactly(
                        new Sitemaps.Entry("https://example.org/a", false),
                        new Sitemaps.Entry("https://example.org/b?x=1&y=2", false));
        assertThat(read(packed.toByteArray())).isEqualTo(read(plain));
    }

    @Test
    void reads_an_index_of_sitemaps() throws IOException {
        assertThat(read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap><loc>https://example.org/one.xml.gz</loc></sitemap></sitemapindex>
                """.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Sitemaps.Entry("https://example.org/one.xml.gz", true));
    }

    @Test
    void refuses_what_is_no_sitemap_or_unpacks_without_end() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 60; i++) {
                gzip.write(new byte[1024 * 1024]);
            }
        }

        assertThat(bomb.size()).isLessThan(100_000);
        assertThatThrownBy(() -> read(bomb.toByteArray())).hasMessageContaining("more than");
        assertThatThrownBy(() -> read("<html><body>Hello</body></html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void asks_nobody_for_an_external_entity() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "https://example.org/secret");
        String leaking = PAGES.replace(
                        "<urlset", "<!DOCTYPE urlset [<!ENTITY leak SYSTEM \"" + secret.toUri() + "\">]><urlset")
                .replace("https://example.org/a", "https://example.org/a&leak;");

        assertThatThrownBy(() -> read(leaking.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    private List<Sitemaps.Entry> read(byte[] content) throws IOException {
        return Sitemaps.read(AT, Files.write(directory.resolve("sitemap"), content));
    }
}
