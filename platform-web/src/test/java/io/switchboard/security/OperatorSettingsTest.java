package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.switchboard.installation.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorSettingsTest {

    @Test
    void names_nobody_unless_told() {
        assertThat(new OperatorSettings(null, null).email()).isNull();
        assertThat(new OperatorSettings("", "").email())
                .as("as compose files pass unset ones")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "me@example.org,,SWITCHBOARD_OPERATOR_PASSWORD is missing",
        ",long enough,SWITCHBOARD_OPERATOR_EMAIL is missing",
        "me@example.org,short,SWITCHBOARD_OPERATOR_PASSWORD must have 8 to 128 characters",
        "nobody,long enough,SWITCHBOARD_OPERATOR_EMAIL is not an e-mail address"
    })
    void refuses_half_an_operator(String email, String password, String line) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new OperatorSettings(email, password))
                .withMessageContaining(line);
    }

    @Test
    void does_not_print_the_password() {
        assertThat(new OperatorSettings("me@example.org", "long enough").toString())
                .doesNotContain("long enough");
    }
}
