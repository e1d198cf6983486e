package io.switchboard.ingestion.crawling;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTextTest {

    private static final WebAddress AT =
            ((WebAddress.Parsing.Good) WebAddress.parse("https://example.org/a/b")).address();

    @TempDir
    Path directory;

    @Test
    void tells_a_change_of_text_from_one_that_no_reader_sees() throws IOException {
        PageText page = read("<body><p id=x1>We open at nine.</p><script>token('1')</script><input value=1></body>");
        PageText again = read("<body><p id=x2>We open at nine.</p><script>token('2')</script><input value=2></body>");
        PageText other = read("<body><p id=x1>We open at ten.</p><script>token('1')</script><input value=1></body>");

        assertThat(again.fingerprint()).isEqualTo(page.fingerprint());
        assertThat(other.fingerprint()).isNotEqualTo(page.fingerprint());
    }

    @Test
    void follows_links_of_the_same_host_once_each() throws IOException {
        PageText page = read("<a href=c#1>c</a><a href=c#2>c</a><a href=/d rel=nofollow>d</a><a href=b>self</a>"
                + "<a href=https://other.example/>away</a><a href=photo.png>photo</a>");

        assertThat(page.links()).containsExactly("https://example.org/a/c");
        assertThat(page.wanted()).isTrue();
    }

    @Test
    void respects_what_a_page_asks_of_robots() throws IOException {
        PageText hidden = read("<meta name=robots content='NOINDEX, follow'><a href=c>c</a>");
        PageText closed = read("<meta name=Switchboard content=nofollow><a href=c>c</a>");

        assertThat(hidden.wanted()).isFalse();
        assertThat(hidden.links()).hasSize(1);
        assertThat(closed.wanted()).isTrue();
        assertThat(closed.links()).isEmpty();
    }

    @Test
    void respects_what_a_site_asks_in_a_header() throws IOException {
        String html = "<a href=c>c</a>";

        assertThat(read(html, List.of("noindex, nofollow")))
                .extracting(PageText::wanted, page -> page.links().size())
                .containsExactly(false, 0);
        assertThat(read(html, List.of("switchboard: none")).wanted()).isFalse();
        assertThat(read(html, List.of("otherbot: noindex", "max-snippet: 20", "all")))
                .extracting(PageText::wanted, page -> page.links().size())
                .containsExactly(true, 1);
        assertThat(read(html, List.of("unavailable_after: 25 Jun 2010 15:00:00 PST, nofollow")))
                .extracting(PageText::wanted, page -> page.links().size())
                .containsExactly(true, 0);
    }

    @Test
    void tells_the_address_that_a_page_calls_its_own() throws IOException {
        assertThat(read("<link rel=canonical href='/a/real?x=1#part'>").canonical())
                .hasToString("https://example.org/a/real?x=1");
        assertThat(read("<link rel=CANONICAL href=b>").canonical()).as("itself").isNull();
        assertThat(read("<link rel=canonical href='https://other.example/b'>").canonical())
                .as("another site")
                .isNull();
        assertThat(read("<link rel=alternate href='/c'>").canonical()).isNull();
    }

    private PageText read(String html) throws IOException {
        return read(html, List.of());
    }

    private PageText read(String html, List<String> robots) throws IOException {
        return PageText.read(
                AT, "text/html", RobotsWishes.ofHeaders(robots), Files.writeString(directory.resolve("page"), html));
    }
}
