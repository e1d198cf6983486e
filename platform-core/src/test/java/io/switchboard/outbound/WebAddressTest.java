package io.switchboard.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist: ASVS 1.3.6, SSRF: one reading of what was typed, or none. */
class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org, https://www.example.org/",
        "HTTPS://WWW.Example.ORG:443/a?b=c#part, https://www.example.org/a?b=c",
        "http://example.org:8080/x, http://example.org:8080/x",
        "http://example.org#@127.0.0.1/, http://example.org/",
        "http://[2606:4700::1]/x, http://[2606:4700::1]/x",
        "http://192.0.2.1/, http://192.0.2.1/",
        "https://example.org/caf%C3%A9, https://example.org/caf%C3%A9",
        "https://example.org/café, https://example.org/caf%C3%A9"
    })
    void reads_addresses_as_browsers_do(String typed, String read) {
        assertThat(WebAddress.parse(typed))
                .isInstanceOfSatisfying(
                        WebAddress.Parsing.Good.class,
                        good -> assertThat(good.address()).hasToString(read));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "no address",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "jar:http://example.org!/",
                "data:text/plain,hello",
                "javascript:alert(1)",
                "//example.org/",
                "/etc/passwd",
                "http:example.org",
                "http://",
                "http:///path",
                "http://user@example.org/",
                "http://user:secret@example.org/",
                "http://example.org@127.0.0.1/",
                "http://example.org%40127.0.0.1/",
                "http://example.org\\@127.0.0.1/",
                "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
                "http://example.org:80:81/",
                "http://example.org:99999/",
                "http://example.org:0/",
                "http://exa\tmple.org/",
                "http://example.org/\r\nHost: other",
                "http://münchen.example/",
                "http://①②⑦.⓪.⓪.①/",
                "http://127。0。0。1/"
            })
    void refuses_what_is_no_plain_web_address(String typed) {
        assertThat(WebAddress.parse(typed)).as(typed).isInstanceOf(WebAddress.Parsing.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0x7f.1",
                "127.1",
                "127.0.1",
                "017700000001",
                "0177.0.0.1",
                "0127.0.0.1",
                "127.0.0.01",
                "127.0.0.1.",
                "127.0.0.0x1",
                "256.256.256.256",
                "1.2.3.4.5",
                "[::1%25lo]",
                "[fe80::1%eth0]"
            })
    void refuses_addresses_in_unusual_notations(String host) {
        assertThat(WebAddress.parse("http://" + host + "/")).as(host).isInstanceOf(WebAddress.Parsing.Bad.class);
    }

    @Test
    void reads_redirects_against_the_page_that_sent_them() {
        WebAddress page = ((WebAddress.Parsing.Good) WebAddress.parse("https://example.org/a/b?c")).address();

        assertThat(page.resolve("../d")).hasToString("Good[address=https://example.org/d]");
        assertThat(page.resolve("//other.example/x")).hasToString("Good[address=https://other.example/x]");
        assertThat(page.resolve("file:///etc/passwd")).isInstanceOf(WebAddress.Parsing.Bad.class);
        assertThat(page.resolve("http://a b/")).isInstanceOf(WebAddress.Parsing.Bad.class);
    }
}
