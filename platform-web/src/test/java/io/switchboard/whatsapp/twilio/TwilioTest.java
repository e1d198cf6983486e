package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.whatsapp.UsesFakeProviders;
import io.switchboard.world.FakeTwilio;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole program with a stand-in for Twilio on the other side. */
@ContextConfiguration(initializers = UsesFakeProviders.class)
abstract class TwilioTest extends WebTest {

    static final String AUTH_TOKEN = "5f4dcc3b5aa765d61d8327deb882cf99";

    /** A channel made by API alone, with both of its ends. */
    record Line(SignedInOwner owner, String channelId, TwilioWebhook webhook, FakeTwilio.Account account) {}

    Line newLine(SignedInOwner owner) {
        return newLine(owner, "AC" + UUID.randomUUID().toString().replace("-", ""), newNumber());
    }

    Line newLine(SignedInOwner owner, String accountSid, String number) {
        ApiClient.Reply channel = owner.api().post("/api/v1/channels", request(newBot(owner), accountSid, number));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
        String path = URI.create(channel.text("webhookUrl")).getPath();
        return new Line(
                owner,
                channel.text("id"),
                new TwilioWebhook(anonymous(), UsesFakeProviders.PUBLIC_URL, path, AUTH_TOKEN, accountSid, number),
                FakeTwilio.shared().account(accountSid));
    }

    static String newBot(SignedInOwner owner) {
        ApiClient.Reply bot = owner.api().post("/api/v1/bots", Map.of("name", "Front desk", "mergeWaitMillis", 0));
        assertThat(bot.status()).as(bot.toString()).isEqualTo(201);
        return bot.text("id");
    }

    static Map<String, Object> request(String botId, String accountSid, String number) {
        return new HashMap<>(Map.of(
                "provider", "twilio",
                "name", "Main number",
                "botId", botId,
                "accountSid", accountSid,
                "authToken", AUTH_TOKEN,
                "from", number));
    }

    static String newNumber() {
        return "whatsapp:+" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    }

    static String newMessageSid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }
}
