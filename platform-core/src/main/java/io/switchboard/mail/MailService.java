package io.switchboard.mail;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.EmailAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Service;

/**
 * Sends plain texts to people. Links in them lead to {@code SWITCHBOARD_PUBLIC_URL} and nowhere else: an address taken from a request could
 * have been chosen by whoever sent it.
 */
@Service
@EnableConfigurationProperties(SmtpSettings.class)
public class MailService {

    private static final Logger LOG = LoggerFactory.getLogger(MailService.class);

    private final @Nullable JavaMailSenderImpl sender;
    private final @Nullable URI publicUrl;
    private final @Nullable String from;

    MailService(SmtpSettings settings, InstallationSettings installation) {
        this.from = settings.from();
        this.publicUrl = installation.publicUrl();
        this.sender = settings.host() == null ? null : sender(settings);
        if (sender != null && publicUrl == null) {
            throw new SettingException(
                    "SWITCHBOARD_PUBLIC_URL",
                    "is missing; mail that SWITCHBOARD_SMTP_HOST sends carries links to this address");
        }
    }

    private static JavaMailSenderImpl sender(SmtpSettings settings) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setUsername(settings.user());
        sender.setPassword(settings.password());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        sender.getJavaMailProperties().putAll(settings.properties());
        return sender;
    }

    /** False where the operator has named no server; then nothing can be sent. */
    public boolean configured() {
        return sender != null;
    }

    /** Where a path of ours is found from outside. */
    public String link(String path) {
        return String.valueOf(publicUrl).replaceAll("/$", "") + "/" + path;
    }

    /**
     * Hands a mail to the server.
     *
     * @return false if the server did not take it, which is logged, or there is none
     */
    public boolean send(EmailAddress to, String subject, String text) {
        if (sender == null) {
            return false;
        }
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(to.value());
        message.setSubject(subject.replaceAll("\\p{Cntrl}+", " "));
        message.setText(text);
        try {
            sender.send(message);
            return true;
        } catch (MailException e) {
            LOG.warn("Mail to {} was not sent: {}", to.value(), e.getMessage());
            return false;
        }
    }
}
