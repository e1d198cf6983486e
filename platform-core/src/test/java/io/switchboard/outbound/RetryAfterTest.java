package io.switchboard.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.outbound.ProviderClient.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String NOON = "Sat, 21 Nov 2026 12:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "1.5 | PT1.5S",
                "0 | PT0S",
                "99999 | PT1H",
                "Sat, 21 Nov 2026 12:00:30 GMT | PT30S",
                "Sun, 22 Nov 2026 12:00:00 GMT | PT1H",
                "Sat, 21 Nov 2026 11:00:00 GMT | ",
                "-5 | ",
                "NaN | ",
                "1e3 | ",
                "soon | ",
            })
    void reads_seconds_and_dates(String header, Duration expected) {
        assertThat(RetryAfter.of(answer(Map.of("Date", NOON, "Retry-After", header))))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void prefers_milliseconds() {
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", "2", "retry-after-ms", "1250"))))
                .contains(Duration.ofMillis(1250));
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", "2", "retry-after-ms", "soon"))))
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void knows_nothing_without_a_header_or_a_clock_to_count_a_date_from() {
        assertThat(RetryAfter.of(answer(Map.of()))).isEmpty();
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", NOON)))).isEmpty();
    }

    private static Response answer(Map<String, String> headers) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new Response(429, anyCase, new byte[0]);
    }
}
