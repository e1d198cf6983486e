package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class MetaSettingsTest {

    @Test
    void speaks_to_meta_unless_told_otherwise() {
        assertThat(bind(Map.of()).messages("1001")).hasToString("https://graph.facebook.com/v26.0/1001/messages");
    }

    @Test
    void reads_the_names_of_the_environment() {
        MetaSettings settings = bind(Map.of(
                "SWITCHBOARD_META_BASE_URL", "http://127.0.0.1:9000/proxy/", "SWITCHBOARD_META_VERSION", "v27.0"));

        assertThat(settings.messages("1001")).hasToString("http://127.0.0.1:9000/proxy/v27.0/1001/messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"graph.facebook.com", "ftp://graph.facebook.com", "http://", "https://a b", "https://x/?a=b", ""
            })
    void refuses_an_address_that_is_none(String address) {
        assertThatThrownBy(() -> new MetaSettings(address, "v26.0"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_BASE_URL ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.0", "v26", "latest", "v26.0/../.."})
    void refuses_a_version_that_is_none(String version) {
        assertThatThrownBy(() -> new MetaSettings("https://graph.facebook.com", version))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_VERSION ");
    }

    private static MetaSettings bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        return Binder.get(environment).bindOrCreate("switchboard.meta", MetaSettings.class);
    }
}
