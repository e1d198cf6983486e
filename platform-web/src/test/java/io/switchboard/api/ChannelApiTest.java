package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelApiTest extends WebTest {

    SignedInOwner owner;
    String bot;

    @BeforeEach
    void makeBot() {
        owner = newTenant();
        bot = owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
    }

    @Test
    void makes_a_channel_and_says_what_to_register_with_meta() {
        ApiClient.Reply made = create(Map.of());

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/channels/" + made.text("id"));
        assertThat(made.text("webhookUrl")).matches("http://localhost:" + port + "/webhooks/meta/[A-Za-z0-9_-]{22}");
        assertThat(made.text("verifyToken")).hasSizeGreaterThan(20);
        assertThat(made.text("provider")).isEqualTo("meta");
        assertThat(made.text("status")).isEqualTo("ACTIVE");
        assertThat(owner.api().get("/api/v1/channels/" + made.text("id")).json())
                .isEqualTo(made.json());
        assertThat(owner.api().get("/api/v1/channels").json().path("items")).hasSize(1);
    }

    @Test
    void hands_out_no_secret() {
        ApiClient.Reply made = create(Map.of());

        assertThat(made.response().body()).doesNotContain("EAAG-token").doesNotContain("0123456789abcdef0123");
        assertThat(made.text("/credentials/accessToken")).isEqualTo("7890");
    }

    @Test
    void shows_the_verify_token_to_those_who_set_channels_up() {
        String id = create(Map.of()).text("id");

        ApiClient.Reply seen = newMember(owner.tenant(), Role.ANALYST).get("/api/v1/channels/" + id);

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text("verifyToken")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "phoneNumberId, +4915550001",
        "phoneNumberId,",
        "accessToken,",
        "appSecret, ''",
        "provider, pigeon",
        "name, ' '",
        "botId,",
        "colour, red",
    })
    void names_the_field_that_is_wrong(String field, String value) {
        Map<String, Object> change = new HashMap<>();
        change.put(field, value);

        ApiClient.Reply reply = create(change);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void changes_name_and_token_and_keeps_the_rest() {
        ApiClient.Reply made = create(Map.of());

        ApiClient.Reply changed = owner.api()
                .patch(
                        "/api/v1/channels/" + made.text("id"),
                        Map.of("name", "Second number", "accessToken", "EAAG-other-token-4321"));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.text("name")).isEqualTo("Second number");
        assertThat(changed.text("/credentials/accessToken")).isEqualTo("4321");
        assertThat(changed.text("webhookUrl")).isEqualTo(made.text("webhookUrl"));
    }

    @Test
    void deletes_a_channel_nobody_has_written_to() {
        String path = "/api/v1/channels/" + create(Map.of()).text("id");

        assertThat(owner.api().delete(path).status()).isEqualTo(204);
        assertThat(owner.api().get(path).status()).isEqualTo(404);
        assertThat(owner.api().delete(path).status()).isEqualTo(404);
    }

    @Test
    void leaves_setting_up_to_owners_and_admins() {
        String id = create(Map.of()).text("id");
        ApiClient editor = newMember(owner.tenant(), Role.EDITOR);

        assertThat(editor.post("/api/v1/channels", body(Map.of())).status()).isEqualTo(403);
        assertThat(editor.patch("/api/v1/channels/" + id, Map.of("name", "Mine"))
                        .status())
                .isEqualTo(403);
        assertThat(editor.delete("/api/v1/channels/" + id).status()).isEqualTo(403);
        assertThat(anonymous().get("/api/v1/channels").status()).isEqualTo(401);
    }

    @Test
    void does_not_show_another_tenants_channels() {
        String id = create(Map.of()).text("id");
        ApiClient stranger = newTenant().api();

        assertThat(stranger.get("/api/v1/channels/" + id).status()).isEqualTo(404);
        assertThat(stranger.patch("/api/v1/channels/" + id, Map.of("name", "Mine"))
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/v1/channels/" + id + "/resume").status()).isEqualTo(404);
        assertThat(stranger.delete("/api/v1/channels/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/channels").json().path("items")).isEmpty();
        assertThat(stranger.post("/api/v1/channels", body(Map.of())).status())
                .as("a bot of another tenant")
                .isEqualTo(404);
        assertThat(owner.api().get("/api/v1/channels/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(owner.api().get("/api/v1/channels/17").status()).isEqualTo(404);
    }

    @Test
    void makes_a_channel_of_twilios() {
        ApiClient.Reply made = owner.api()
                .post(
                        "/api/v1/channels",
                        Map.of(
                                "provider", "twilio",
                                "name", "Main number",
                                "botId", bot,
                                "accountSid",
                                        "AC" + UUID.randomUUID().toString().replace("-", ""),
                                "authToken", "0123456789abcdef",
                                "from", "whatsapp:+14155238886"));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("webhookUrl")).matches("http://localhost:" + port + "/webhooks/twilio/[A-Za-z0-9_-]{22}");
        assertThat(made.text("/settings/from")).isEqualTo("whatsapp:+14155238886");
        assertThat(made.response().body()).doesNotContain("0123456789ab");
    }

    @ParameterizedTest
    @CsvSource({
        "accountSid,",
        "accountSid, ../x",
        "authToken,",
        "from, +14155238886",
        "messagingServiceSid, a b",
        "phoneNumberId, 17",
        "accessToken, EAAG",
    })
    void names_the_field_that_is_wrong_for_twilio(String field, String value) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "provider", "twilio",
                "name", "Main number",
                "botId", bot,
                "accountSid", "AC1",
                "authToken", "0123456789abcdef",
                "from", "whatsapp:+14155238886"));
        body.remove(field);
        if (value != null) {
            body.put(field, value);
        }

        ApiClient.Reply reply = owner.api().post("/api/v1/channels", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void makes_a_simulator_without_anything_to_register() {
        ApiClient.Reply made =
                owner.api().post("/api/v1/channels", Map.of("provider", "simulator", "name", "Try it", "botId", bot));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("webhookUrl")).isNull();
    }

    private ApiClient.Reply create(Map<String, Object> changes) {
        return owner.api().post("/api/v1/channels", body(changes));
    }

    private Map<String, Object> body(Map<String, Object> changes) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "provider", "meta",
                "name", "Main number",
                "botId", bot,
                "phoneNumberId", Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000L, Long.MAX_VALUE)),
                "accessToken", "EAAG-token-1234567890",
                "appSecret", "0123456789abcdef0123"));
        body.putAll(changes);
        List.copyOf(body.entrySet()).stream()
                .filter(entry -> entry.getValue() == null)
                .forEach(entry -> body.remove(entry.getKey()));
        return body;
    }
}
