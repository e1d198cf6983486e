package io.switchboard.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.EmailAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpSettingsTest {

    @Test
    void sends_nothing_unless_told() {
        SmtpSettings settings = new SmtpSettings("", 587, " ", "", "", "starttls");

        MailService mail = new MailService(settings, installation());

        assertThat(settings.host()).as("as compose files pass unset ones").isNull();
        assertThat(mail.configured()).isFalse();
        assertThat(mail.send(new EmailAddress("a@example.org"), "Hello", "World"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.org, 0, , , a@example.org, tls, SWITCHBOARD_SMTP_PORT is not between 1 and 65535",
        "mail.example.org, 587, me, , a@example.org, tls, SWITCHBOARD_SMTP_PASSWORD is missing",
        "mail.example.org, 587, , secret, a@example.org, tls, SWITCHBOARD_SMTP_USER is missing",
        "mail.example.org, 587, , , , tls, SWITCHBOARD_SMTP_FROM is missing",
        "mail.example.org, 587, , , nobody, tls, SWITCHBOARD_SMTP_FROM is not an e-mail address",
        "mail.example.org, 587, , , a@example.org, ssl, 'SWITCHBOARD_SMTP_SECURITY must be starttls, tls or none'"
    })
    void names_the_setting_that_is_wrong(
            String host, int port, String user, String password, String from, String security, String line) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new SmtpSettings(host, port, user, password, from, security))
                .withMessageContaining(line);
    }

    @Test
    void asks_for_the_address_that_links_lead_to() {
        SmtpSettings settings = new SmtpSettings("mail.example.org", 587, null, null, "a@example.org", "tls");

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new MailService(settings, installation()))
                .withMessageContaining("SWITCHBOARD_PUBLIC_URL is missing");
    }

    @Test
    void insists_on_encryption_unless_told_otherwise() {
        assertThat(new SmtpSettings("h", 587, null, null, "a@example.org", "STARTTLS").properties())
                .containsEntry("mail.smtp.starttls.required", "true");
        assertThat(new SmtpSettings("h", 465, null, null, "a@example.org", "tls").properties())
                .containsEntry("mail.smtp.ssl.enable", "true");
    }

    @Test
    void does_not_print_the_password() {
        assertThat(new SmtpSettings("h", 587, "me", "geheim", "a@example.org", "tls"))
                .asString()
                .doesNotContain("geheim");
    }

    private static InstallationSettings installation() {
        return new InstallationSettings(Path.of("data"), null, null, null, false, false);
    }
}
