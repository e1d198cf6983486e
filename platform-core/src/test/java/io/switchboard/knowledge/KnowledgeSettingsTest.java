package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class KnowledgeSettingsTest {

    @Test
    void allows_files_of_50_megabytes_unless_told_otherwise() {
        assertThat(bound(Map.of()).maxFileSize()).isEqualTo(DataSize.ofMegabytes(50));
        assertThat(bound(Map.of("switchboard.max-file-size", "5MB")).maxFileSize())
                .isEqualTo(DataSize.ofMegabytes(5));
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertThatThrownBy(() -> bound(Map.of("switchboard.max-file-size", "5GB")))
                .hasRootCauseInstanceOf(SettingException.class)
                .rootCause()
                .hasMessageStartingWith("SWITCHBOARD_MAX_FILE_SIZE ");
    }

    private static KnowledgeSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("switchboard", KnowledgeSettings.class);
    }
}
