package io.switchboard.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ParserSettingsTest {

    @Test
    void gives_a_document_a_minute_and_a_small_heap_unless_told_otherwise() {
        assertThat(bound(Map.of()))
                .isEqualTo(new ParserSettings(
                        Duration.ofSeconds(60),
                        DataSize.ofMegabytes(256),
                        20_000_000,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        "tesseract"));
    }

    @Test
    void refuses_limits_that_let_nothing_through() {
        assertThatThrownBy(() -> bound(Map.of("switchboard.parsing.deadline", "0s")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bound(Map.of("switchboard.parsing.heap", "1MB")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static ParserSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("switchboard.parsing", ParserSettings.class);
    }
}
