package io.switchboard.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteRulesTest {

    @ParameterizedTest
    @CsvSource({
        "/docs/*, /docs/a, true",
        "/docs/*, /docs/, true",
        "/docs/*, /doc, false",
        "/docs, /docs-old, true",
        "/docs$, /docs-old, false",
        "/docs$, /docs, true",
        "*.html$, /a/b.html, true",
        "*.html$, /a/b.html?x, false",
        "/*/a*a$, /x/aa, true",
        "/*/a*a$, /x/a, false",
        "*, /anything, true",
        "/a*b*c, /aXbXc/more, true",
        "/a*b*c, /aXcXb, false",
    })
    void compares_patterns_as_robots_files_do(String pattern, String target, boolean wanted) {
        assertThat(including(pattern).wants(target)).isEqualTo(wanted);
    }

    @Test
    void excludes_even_what_is_included() {
        SiteRules rules = new SiteRules(1, 10, List.of("/docs/*"), List.of("/docs/old/*"), null);

        assertThat(rules.wants("/docs/new/a")).isTrue();
        assertThat(rules.wants("/docs/old/a")).isFalse();
        assertThat(rules.wants("/")).isFalse();
    }

    @Test
    void compares_a_hostile_pattern_in_no_time() {
        SiteRules rules = including("*a".repeat(90) + "b$");

        assertThat(rules.wants("/" + "a".repeat(1_900))).isFalse();
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> including("docs")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> including("/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SiteRules(21, 1, List.of(), List.of(), null))
                .hasMessageContaining("maxDepth");
        assertThatThrownBy(() -> new SiteRules(1, 0, List.of(), List.of(), null))
                .hasMessageContaining("maxPages");
        assertThatThrownBy(() -> new SiteRules(1, 1, List.of(), List.of(), 0)).hasMessageContaining("refreshHours");
    }

    private static SiteRules including(String pattern) {
        return new SiteRules(1, 10, List.of(pattern), List.of(), null);
    }
}
