package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.whatsapp.UsesFakeProviders;
import io.switchboard.world.FakeWaha;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole program with a stand-in for a tenant's WAHA on the other side. */
@ContextConfiguration(initializers = UsesFakeProviders.class)
abstract class WahaTest extends WebTest {

    static final String API_KEY = "waha-api-key-0123456789";
    static final String HMAC_KEY = "waha-hmac-key-0123456789";

    /** A channel made by API alone, with both of its ends. */
    record Line(SignedInOwner owner, String channelId, WahaWebhook webhook, FakeWaha.Session session) {}

    Line newLine(SignedInOwner owner) {
        return newLine(owner, "session-" + UUID.randomUUID(), FakeWaha.shared().baseUrl());
    }

    Line newLine(SignedInOwner owner, String session, String baseUrl) {
        ApiClient.Reply channel = owner.api().post("/api/v1/channels", request(newBot(owner), session, baseUrl));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
        String path = URI.create(channel.text("webhookUrl")).getPath();
        return new Line(
                owner,
                channel.text("id"),
                new WahaWebhook(anonymous(), path, HMAC_KEY, session),
                FakeWaha.shared().session(session));
    }

    static String newBot(SignedInOwner owner) {
        return owner.api()
                .post("/api/v1/bots", Map.of("name", "Front desk", "mergeWaitMillis", 0))
                .text("id");
    }

    static Map<String, Object> request(String botId, String session, String baseUrl) {
        return new HashMap<>(Map.of(
                "provider", "waha",
                "name", "Main number",
                "botId", botId,
                "baseUrl", baseUrl,
                "apiKey", API_KEY,
                "session", session,
                "hmacKey", HMAC_KEY));
    }
}
