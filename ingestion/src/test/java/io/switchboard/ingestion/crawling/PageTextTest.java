package io.switchboard.ingestion.crawling;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private PageText read(String html) throws IOException {
        return PageText.read(AT, "text/html", Files.writeString(directory.resolve("page"), html));
    }
}
