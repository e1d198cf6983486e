package io.switchboard.whatsapp.meta;

import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.installation.SettingException;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Meta's Graph API is, and how fast it may be used.
 *
 * @param baseUrl address without the version; set by the operator only, for proxies and tests
 * @param version of the Graph API, see <a href="https://developers.facebook.com/docs/graph-api/changelog/versions">its end dates</a>
 * @param messagesPerSecond of one number; Meta allows 80, and 1,000 to numbers that it has <a
 *     href="https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput">upgraded</a>
 * @param pairInterval between messages to one customer in the long run, <a
 *     href="https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits">six seconds</a>
 */
@ConfigurationProperties("switchboard.meta")
record MetaSettings(
        @DefaultValue("https://graph.facebook.com") String baseUrl,
        @DefaultValue("v26.0") String version,
        @DefaultValue("80") int messagesPerSecond,
        @DefaultValue("6s") Duration pairInterval) {

    /** How many messages a customer may get together after a pause. */
    private static final int PAIR_BURST = 45;

    MetaSettings {
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        if (!isAddress(baseUrl)) {
            throw new SettingException(
                    "SWITCHBOARD_META_BASE_URL",
                    "is not an http(s) address without query, such as https://graph.facebook.com: " + baseUrl);
        }
        if (!version.matches("v[0-9]{1,3}\\.[0-9]")) {
            throw new SettingException(
                    "SWITCHBOARD_META_VERSION", "is not a Graph API version such as v26.0: " + version);
        }
        if (messagesPerSecond < 1 || messagesPerSecond > 1_000_000) {
            throw new SettingException(
                    "SWITCHBOARD_META_MESSAGES_PER_SECOND", "is not between 1 and 1000000: " + messagesPerSecond);
        }
        if (pairInterval.toMillis() < 1 || pairInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new SettingException(
                    "SWITCHBOARD_META_PAIR_INTERVAL", "is not between 1ms and 1m, such as 6s: " + pairInterval);
        }
    }

    /** Of a second's messages a quarter may leave together, as they do when the sender has looked elsewhere for a moment. */
    SendRates rates() {
        return new SendRates(
                new SendRate(Duration.ofSeconds(1).dividedBy(messagesPerSecond), Math.max(1, messagesPerSecond / 4)),
                new SendRate(pairInterval, PAIR_BURST));
    }

    /** @param path below the version, with its query */
    URI address(String path) {
        return URI.create(baseUrl + "/" + version + "/" + path);
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && String.valueOf(uri.getScheme()).matches("https?")
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
