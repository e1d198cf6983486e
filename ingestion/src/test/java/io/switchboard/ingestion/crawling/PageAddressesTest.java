package io.switchboard.ingestion.crawling;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.outbound.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressesTest {

    private static final WebAddress PAGE = address("https://example.org/docs/page?x=1");

    @ParameterizedTest
    @CsvSource({
        "other, https://example.org/docs/other",
        "../up/./here, https://example.org/up/here",
        "/a#part, https://example.org/a",
        "https://EXAMPLE.org:443/a, https://example.org/a",
        "/a;jsessionid=1F2?b=2, https://example.org/a?b=2",
        "/a?PHPSESSID=abc, https://example.org/a",
        "/a?utm_source=x&b=2&gclid=7, https://example.org/a?b=2",
        "//other.example/x, https://other.example/x",
        "?y=2, https://example.org/docs/page?y=2",
        "'#top', https://example.org/docs/page?x=1",
        "'', https://example.org/docs/page?x=1",
    })
    void know_a_page_by_one_address(String link, String canonical) {
        assertThat(PageAddresses.canonical(PAGE, link).map(WebAddress::toString))
                .contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mailto:a@example.org", "javascript:void(0)", "tel:+491", "http://[broken", "ftp://example.org/"
            })
    void leave_out_what_is_no_web_address(String link) {
        assertThat(PageAddresses.canonical(PAGE, link)).isEmpty();
    }

    @Test
    void keep_to_one_host() {
        assertThat(PageAddresses.sameSite(PAGE, address("http://www.example.org/")))
                .isTrue();
        assertThat(PageAddresses.sameSite(PAGE, address("https://shop.example.org/")))
                .isFalse();
        assertThat(PageAddresses.sameSite(PAGE, address("https://example.org:8443/")))
                .isFalse();
        assertThat(PageAddresses.sameSite(PAGE, address("https://example.org.evil.example/")))
                .isFalse();
    }

    @Test
    void expect_no_text_in_pictures_and_archives() {
        assertThat(PageAddresses.mayHoldText(address("https://example.org/photo.JPG?w=1")))
                .isFalse();
        assertThat(PageAddresses.mayHoldText(address("https://example.org/prices.pdf")))
                .isTrue();
        assertThat(PageAddresses.mayHoldText(address("https://example.org/page.php?f=x.zip")))
                .isTrue();
    }

    private static WebAddress address(String text) {
        return ((WebAddress.Parsing.Good) WebAddress.parse(text)).address();
    }
}
