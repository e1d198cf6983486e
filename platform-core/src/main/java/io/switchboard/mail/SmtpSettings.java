package io.switchboard.mail;

import io.switchboard.installation.SettingException;
import io.switchboard.kernel.EmailAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server that takes our mail.
 *
 * @param host null: no mail is sent
 * @param user null: the server asks for none
 * @param from address that mail comes from; needed with a host
 * @param security {@code starttls}, {@code tls} from the first byte, or {@code none}
 */
@ConfigurationProperties("switchboard.smtp")
record SmtpSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @Nullable String user,
        @Nullable String password,
        @Nullable String from,
        @DefaultValue("starttls") String security) {

    private static final int MAX_PORT = 65_535;

    SmtpSettings {
        host = blankToNull(host);
        user = blankToNull(user);
        password = password == null || password.isEmpty() ? null : password;
        from = blankToNull(from);
        security = security.strip().toLowerCase(Locale.ROOT);
        if (port < 1 || port > MAX_PORT) {
            throw new SettingException("SWITCHBOARD_SMTP_PORT", "is not between 1 and 65535: " + port);
        }
        if (!Set.of("starttls", "tls", "none").contains(security)) {
            throw new SettingException("SWITCHBOARD_SMTP_SECURITY", "must be starttls, tls or none, not " + security);
        }
        if ((user == null) != (password == null)) {
            throw new SettingException(
                    user == null ? "SWITCHBOARD_SMTP_USER" : "SWITCHBOARD_SMTP_PASSWORD",
                    "is missing; a mail server wants both, or neither");
        }
        if (host != null && from == null) {
            throw new SettingException(
                    "SWITCHBOARD_SMTP_FROM", "is missing; it is needed together with SWITCHBOARD_SMTP_HOST");
        }
        if (from != null) {
            requireAddress(from);
        }
    }

    private static void requireAddress(String from) {
        try {
            new EmailAddress(from);
        } catch (IllegalArgumentException e) {
            SettingException refusal =
                    new SettingException("SWITCHBOARD_SMTP_FROM", "is not an e-mail address: " + from);
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** As Jakarta Mail names them; no step of a send takes longer than ten seconds. */
    Map<String, String> properties() {
        String patience = "10000";
        return Map.of(
                "mail.smtp.auth",
                Boolean.toString(user != null),
                "mail.smtp.starttls.enable",
                Boolean.toString(security.equals("starttls")),
                "mail.smtp.starttls.required",
                Boolean.toString(security.equals("starttls")),
                "mail.smtp.ssl.enable",
                Boolean.toString(security.equals("tls")),
                "mail.smtp.ssl.checkserveridentity",
                "true",
                "mail.smtp.connectiontimeout",
                patience,
                "mail.smtp.timeout",
                patience,
                "mail.smtp.writetimeout",
                patience);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Override
    public String toString() {
        return "SmtpSettings[host=" + host + ", port=" + port + ", from=" + from + ", security=" + security + "]";
    }
}
