package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.installation.SettingException;
import io.switchboard.outbound.WebAddress;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Twilio's API is, how fast it may be used, and how often we ask what we missed.
 *
 * @param baseUrl address without path; set by the operator only, for proxies and tests. Twilio's hosts for senders and contents are
 *     named after it
 * @param messagesPerSecond of one sender; <a href="https://www.twilio.com/docs/whatsapp/api#rate-limiting">80 by default</a>
 * @param catchUp between two questions for messages that never reached us
 */
@ConfigurationProperties("switchboard.twilio")
record TwilioSettings(
        @DefaultValue("https://api.twilio.com") String baseUrl,
        @DefaultValue("80") int messagesPerSecond,
        @DefaultValue("5m") Duration catchUp) {

    /** The network behind is Meta's, with its limits for one customer. */
    private static final Duration PAIR_INTERVAL = Duration.ofSeconds(6);

    /** Path of the list of contents. */
    static final String CONTENTS = "/v1/ContentAndApprovals";

    private static final int PAIR_BURST = 45;
    private static final int MOST_SENDERS = 1000;

    TwilioSettings {
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        if (!(WebAddress.parse(baseUrl) instanceof WebAddress.Parsing.Good(var address))
                || !address.target().equals("/")) {
            throw new SettingException(
                    "SWITCHBOARD_TWILIO_BASE_URL",
                    "is not an http(s) address without path, such as https://api.twilio.com: " + baseUrl);
        }
        if (messagesPerSecond < 1 || messagesPerSecond > 1_000_000) {
            throw new SettingException(
                    "SWITCHBOARD_TWILIO_MESSAGES_PER_SECOND", "is not between 1 and 1000000: " + messagesPerSecond);
        }
        if (catchUp.compareTo(Duration.ofSeconds(1)) < 0 || catchUp.compareTo(Duration.ofDays(1)) > 0) {
            throw new SettingException(
                    "SWITCHBOARD_TWILIO_CATCH_UP", "is not between 1s and 1d, such as 5m: " + catchUp);
        }
    }

    SendRates rates() {
        return new SendRates(
                new SendRate(Duration.ofSeconds(1).dividedBy(messagesPerSecond), Math.max(1, messagesPerSecond / 4)),
                new SendRate(PAIR_INTERVAL, PAIR_BURST));
    }

    URI messages(String accountSid) {
        return URI.create(baseUrl + "/2010-04-01/Accounts/" + accountSid + "/Messages.json");
    }

    URI account(String accountSid) {
        return URI.create(baseUrl + "/2010-04-01/Accounts/" + accountSid + ".json");
    }

    /** WhatsApp senders of an account have a host of their own. */
    URI senders() {
        return URI.create(host("messaging") + "/v2/Channels/Senders?Channel=whatsapp&PageSize=" + MOST_SENDERS);
    }

    /** So have contents, of which templates are made. */
    URI contents(String query) {
        return URI.create(host("content") + CONTENTS + "?" + query);
    }

    /** Where the address is not one of Twilio's own, everything is asked there. */
    private String host(String name) {
        return baseUrl.replaceFirst("^(https?://)api\\.", "$1" + name + ".");
    }

    /** Where a list goes on, as Twilio names it: a path of its own host. */
    URI page(String path) {
        return URI.create(baseUrl + path);
    }
}
