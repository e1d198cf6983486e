package io.switchboard.whatsapp.waha;

import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.installation.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast we send through a tenant's WAHA, and how often we ask what we missed.
 *
 * @param messagesPerSecond of one session. WhatsApp names no limit for such clients, but blocks numbers that write <a
 *     href="https://waha.devlike.pro/docs/overview/how-to-avoid-blocking/">faster than people</a>
 * @param catchUp between two questions for messages that never reached us
 */
@ConfigurationProperties("switchboard.waha")
record WahaSettings(
        @DefaultValue("5") int messagesPerSecond,
        @DefaultValue("5m") Duration catchUp) {

    private static final Duration PAIR_INTERVAL = Duration.ofSeconds(3);
    private static final int PAIR_BURST = 10;

    WahaSettings {
        if (messagesPerSecond < 1 || messagesPerSecond > 1000) {
            throw new SettingException(
                    "SWITCHBOARD_WAHA_MESSAGES_PER_SECOND", "is not between 1 and 1000: " + messagesPerSecond);
        }
        if (catchUp.compareTo(Duration.ofSeconds(1)) < 0 || catchUp.compareTo(Duration.ofDays(1)) > 0) {
            throw new SettingException("SWITCHBOARD_WAHA_CATCH_UP", "is not between 1s and 1d, such as 5m: " + catchUp);
        }
    }

    SendRates rates() {
        return new SendRates(
                new SendRate(Duration.ofSeconds(1).dividedBy(messagesPerSecond), messagesPerSecond),
                new SendRate(PAIR_INTERVAL, PAIR_BURST));
    }
}
