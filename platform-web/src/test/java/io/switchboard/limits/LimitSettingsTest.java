package io.switchboard.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LimitSettingsTest {

    @Test
    void is_generous_and_trusts_no_proxy_unless_told_otherwise() {
        assertThat(bind(Map.of())).isEqualTo(new LimitSettings(12000, 12000, 10, 60, List.of()));
    }

    @Test
    void reads_the_names_of_the_environment() {
        LimitSettings settings = bind(Map.of(
                "SWITCHBOARD_LIMITS_API_PER_ADDRESS", "1",
                "SWITCHBOARD_LIMITS_API_PER_TENANT", "2",
                "SWITCHBOARD_LIMITS_FAILED_SIGN_INS", "3",
                "SWITCHBOARD_LIMITS_BAD_DELIVERIES", "4",
                "SWITCHBOARD_LIMITS_TRUSTED_PROXIES", "10.0.0.0/8, 192.168.1.7"));

        assertThat(settings).isEqualTo(new LimitSettings(1, 2, 3, 4, List.of("10.0.0.0/8", "192.168.1.7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/99", ".*"})
    void refuses_a_proxy_that_is_no_address(String proxy) {
        assertThatThrownBy(() -> new LimitSettings(1, 1, 1, 1, List.of(proxy)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_LIMITS_TRUSTED_PROXIES ");
    }

    @Test
    void refuses_a_limit_that_lets_nothing_pass() {
        assertThatThrownBy(() -> new LimitSettings(0, 1, 1, 1, List.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_LIMITS_API_PER_ADDRESS ");
    }

    private static LimitSettings bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        return Binder.get(environment).bindOrCreate("switchboard.limits", LimitSettings.class);
    }
}
