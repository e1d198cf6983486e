package io.switchboard.webhooklog;

import io.switchboard.installation.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keep how long the log says what providers delivered, 1 day to 10 years */
@ConfigurationProperties("switchboard.webhook-log")
record WebhookLogSettings(@DefaultValue("30d") Duration keep) {

    WebhookLogSettings {
        if (keep.compareTo(Duration.ofDays(1)) < 0 || keep.compareTo(Duration.ofDays(3650)) > 0) {
            throw new SettingException(
                    "SWITCHBOARD_WEBHOOK_LOG_KEEP", "is not between 1d and 3650d, such as 30d: " + keep);
        }
    }
}
