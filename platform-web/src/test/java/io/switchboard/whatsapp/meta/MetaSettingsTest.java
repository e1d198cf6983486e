package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.installation.SettingException;
import java.time.Duration;
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
        assertThat(bind(Map.of()).address("1001/messages"))
                .hasToString("https://graph.facebook.com/v26.0/1001/messages");
    }

    @Test
    void reads_the_names_of_the_environment() {
        MetaSettings settings = bind(Map.of(
                "SWITCHBOARD_META_BASE_URL", "http://127.0.0.1:9000/proxy/", "SWITCHBOARD_META_VERSION", "v27.0"));

        assertThat(settings.address("1001/messages")).hasToString("http://127.0.0.1:9000/proxy/v27.0/1001/messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"graph.facebook.com", "ftp://graph.facebook.com", "http://", "https://a b", "https://x/?a=b", ""
            })
    void refuses_an_address_that_is_none(String address) {
        assertThatThrownBy(() -> new MetaSettings(address, "v26.0", 80, Duration.ofSeconds(6)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_BASE_URL ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.0", "v26", "latest", "v26.0/../.."})
    void refuses_a_version_that_is_none(String version) {
        assertThatThrownBy(() -> new MetaSettings("https://graph.facebook.com", version, 80, Duration.ofSeconds(6)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_VERSION ");
    }

    @Test
    void sends_as_fast_as_meta_allows() {
        assertThat(bind(Map.of()).rates())
                .isEqualTo(new SendRates(
                        new SendRate(Duration.ofNanos(12_500_000), 20), new SendRate(Duration.ofSeconds(6), 45)));
    }

    @Test
    void sends_faster_through_numbers_that_meta_has_upgraded() {
        SendRates rates = bind(Map.of(
                        "SWITCHBOARD_META_MESSAGES_PER_SECOND", "1000", "SWITCHBOARD_META_PAIR_INTERVAL", "100ms"))
                .rates();

        assertThat(rates.perNumber().interval()).isEqualTo(Duration.ofMillis(1));
        assertThat(rates.perPair().interval()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void refuses_rates_that_are_none() {
        String meta = "https://graph.facebook.com";
        assertThatThrownBy(() -> new MetaSettings(meta, "v26.0", 0, Duration.ofSeconds(6)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_MESSAGES_PER_SECOND ");
        assertThatThrownBy(() -> new MetaSettings(meta, "v26.0", 80, Duration.ZERO))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_META_PAIR_INTERVAL ");
    }

    private static MetaSettings bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        return Binder.get(environment).bindOrCreate("switchboard.meta", MetaSettings.class);
    }
}
