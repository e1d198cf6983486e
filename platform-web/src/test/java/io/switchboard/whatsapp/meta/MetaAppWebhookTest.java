package io.switchboard.whatsapp.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Mutations;
import io.switchboard.world.MetaNumber;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One app, one address, many numbers of many tenants. */
class MetaAppWebhookTest extends MetaTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    TenantTransactions transactions;

    @Autowired
    TenancyService tenancy;

    @Autowired
    JdbcClient jdbc;

    private Line mine;
    private Line neighbour;
    private Line stranger;

    @BeforeEach
    void openLines() {
        mine = newLine(newTenant(), List.of());
        neighbour = newLine(newTenant(), List.of());
        stranger = newLine(newTenant(), List.of());
        assertThat(stranger.owner()
                        .api()
                        .patch(
                                "/api/v1/channels/" + stranger.channelId(),
                                Map.of("appSecret", "0123456789abcdef0123456789abcdef"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("tenants mixed: two numbers in one POST go each to its own tenant")
    void takes_each_change_to_the_channel_whose_number_it_names() {
        String toMine = newMessageId();
        String toNeighbour = newMessageId();

        ApiClient.Reply reply = deliver(change(mine, toMine), change(neighbour, toNeighbour));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(inbox(mine)).containsExactly(toMine);
        assertThat(inbox(neighbour)).containsExactly(toNeighbour);
    }

    @Test
    @DisplayName("tenants mixed: the same wamid in two channels is two messages")
    void keeps_the_same_message_id_apart_in_two_channels() {
        String id = newMessageId();

        deliver(change(mine, id), change(neighbour, id));

        assertThat(inbox(mine)).containsExactly(id);
        assertThat(inbox(neighbour)).containsExactly(id);
    }

    @Test
    @DisplayName("tenants mixed: a foreign phone_number_id is not believed")
    void believes_nobody_who_speaks_for_another_tenants_number() {
        String toMine = newMessageId();

        assertThat(deliver(change(mine, toMine), change(stranger, newMessageId()))
                        .status())
                .as("so that Meta repeats what is not believed yet")
                .isEqualTo(401);
        assertThat(deliver(change(stranger, newMessageId())).status()).isEqualTo(401);

        assertThat(inbox(mine)).containsExactly(toMine);
        assertThat(inbox(stranger)).isEmpty();
    }

    @Test
    void refuses_what_nobody_signed() {
        byte[] body = body(change(mine, newMessageId())).getBytes(UTF_8);
        MetaWebhook webhook = webhook();

        assertThat(webhook.deliver(body, null).status()).isEqualTo(401);
        assertThat(webhook.deliver(body, "sha256=" + "0".repeat(64)).status()).isEqualTo(401);
        assertThat(webhook.deliver(body, "sha256=" + MetaWebhook.sign(APP_SECRET, "{}".getBytes(UTF_8)))
                        .status())
                .isEqualTo(401);
        assertThat(inbox(mine)).isEmpty();
    }

    @Test
    void refuses_numbers_that_nobody_has_like_those_of_others() {
        Map<String, Object> nobodys = change(MetaNumber.next().phoneNumberId(), newMessageId());

        assertThat(deliver(nobodys).status()).isEqualTo(401);
        assertThat(webhook().deliver("not even JSON").status()).isEqualTo(401);
        assertThat(webhook().deliver("{}").status()).isEqualTo(401);
        assertThat(webhook().deliver(new byte[4 * 1024 * 1024 + 1]).status()).isEqualTo(413);
    }

    @Test
    void takes_news_of_an_account_which_name_no_number() {
        String body = JSON.writeValueAsString(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of(
                        "id",
                        "1",
                        "changes",
                        List.of(Map.of(
                                "field", "message_template_status_update", "value", Map.of("event", "APPROVED")))))));

        assertThat(webhook().deliver(body).status()).isEqualTo(200);
    }

    @Test
    void answers_the_handshake_with_the_token_of_any_number() {
        String token =
                mine.owner().api().get("/api/v1/channels/" + mine.channelId()).text("verifyToken");

        ApiClient.Reply reply = handshake("subscribe", token);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).isEqualTo("1158201444");

        assertThat(handshake("subscribe", token + "x").status()).isEqualTo(403);
        assertThat(handshake("unsubscribe", token).status()).isEqualTo(403);
        assertThat(anonymous().get("/webhooks/meta").status()).isEqualTo(403);
        tenancy.changeStatus(mine.owner().tenant().id(), TenantStatus.SUSPENDED);
        assertThat(handshake("subscribe", token).status()).isEqualTo(403);
        assertThat(deliver(change(mine, newMessageId())).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("batch ignored: 1,000 updates in one POST, for two numbers, are all stored")
    void stores_a_thousand_updates_of_one_delivery() {
        List<Map<String, Object>> changes = new ArrayList<>();
        Set<String> toMine = new HashSet<>();
        Set<String> toNeighbour = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = newMessageId();
            boolean first = i % 2 == 0;
            (first ? toMine : toNeighbour).add(id);
            changes.add(change((first ? mine : neighbour).webhook().phoneNumberId(), id, "49155500" + i % 50));
        }

        assertThat(deliver(changes).status()).isEqualTo(200);

        assertThat(inbox(mine)).containsExactlyInAnyOrderElementsOf(toMine);
        assertThat(inbox(neighbour)).containsExactlyInAnyOrderElementsOf(toNeighbour);
    }

    /** A change beside it names a number of ours, so each delivery is signed for somebody. */
    @Test
    void breaks_on_nothing_that_is_signed() {
        JsonNode sound = JSON.valueToTree(change(mine, "wamid.sound"));
        List<JsonNode> broken = Mutations.of(sound);
        List<String> witnesses = new ArrayList<>();

        assertThat(broken).hasSizeGreaterThan(100);
        for (JsonNode each : broken) {
            String witness = newMessageId();
            witnesses.add(witness);
            assertThat(deliver(each, change(mine, witness)).status())
                    .as(each.toString())
                    .isEqualTo(200);
        }

        assertThat(inbox(mine)).containsAll(witnesses);
    }

    @Test
    void tells_each_tenant_what_came_and_no_tenant_what_came_to_another() {
        deliver(change(mine, newMessageId()), change(stranger, newMessageId()));
        deliver(change(stranger, newMessageId()));

        JsonNode own = deliveries(mine, 1);
        assertThat(own.path(0).path("outcome").asString()).isEqualTo("STORED");
        assertThat(own.path(0).path("kinds").asString()).isEqualTo("TEXT");
        assertThat(own.path(0).path("messages").asInt()).isEqualTo(1);
        assertThat(own.path(0).path("bytes").asInt()).isGreaterThan(100);
        assertThat(own.toString()).doesNotContain("Hello").doesNotContain("4915550001");
        JsonNode refused = deliveries(stranger, 1);
        assertThat(refused.path(0).path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(refused.path(0).path("error").asString()).contains("signature");
        assertThat(stranger.owner()
                        .api()
                        .get("/api/v1/channels/" + mine.channelId() + "/deliveries")
                        .status())
                .isEqualTo(404);
        assertThat(mine.owner()
                        .api()
                        .get("/api/v1/channels/" + mine.channelId() + "/deliveries?outcome=REFUSED")
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(mine.owner()
                        .api()
                        .get("/api/v1/channels/" + mine.channelId() + "/deliveries?text=tex")
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    private JsonNode deliveries(Line line, int atLeast) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> line.owner()
                                .api()
                                .get("/api/v1/channels/" + line.channelId() + "/deliveries")
                                .json()
                                .path("items"),
                        items -> items.size() >= atLeast);
    }

    private MetaWebhook webhook() {
        return new MetaWebhook(
                anonymous(), "/webhooks/meta", APP_SECRET, mine.webhook().phoneNumberId());
    }

    private ApiClient.Reply handshake(String mode, String token) {
        return anonymous()
                .get("/webhooks/meta?hub.mode=" + mode + "&hub.challenge=1158201444&hub.verify_token="
                        + URLEncoder.encode(token, UTF_8));
    }

    private ApiClient.Reply deliver(Object... changes) {
        return deliver(List.of(changes));
    }

    private ApiClient.Reply deliver(List<?> changes) {
        return webhook().deliver(body(changes));
    }

    private static String body(Object... changes) {
        return body(List.of(changes));
    }

    private static String body(List<?> changes) {
        return JSON.writeValueAsString(
                Map.of("object", "whatsapp_business_account", "entry", List.of(Map.of("id", "1", "changes", changes))));
    }

    private static Map<String, Object> change(Line line, String messageId) {
        return change(line.webhook().phoneNumberId(), messageId);
    }

    private static Map<String, Object> change(String phoneNumberId, String messageId) {
        return change(phoneNumberId, messageId, "4915550001");
    }

    private static Map<String, Object> change(String phoneNumberId, String messageId, String from) {
        Map<String, Object> value = new HashMap<>();
        value.put("metadata", Map.of("phone_number_id", phoneNumberId));
        value.put(
                "messages",
                List.of(Map.of(
                        "id",
                        messageId,
                        "from",
                        from,
                        "timestamp",
                        "1750025136",
                        "type",
                        "text",
                        "text",
                        Map.of("body", "Hello"))));
        return Map.of("field", "messages", "value", value);
    }

    private List<String> inbox(Line line) {
        return transactions.call(
                line.owner().tenant().id(),
                () -> jdbc.sql("select provider_message_id from inbox where tenant_id = ? and channel_id = ?")
                        .params(line.owner().tenant().id().value(), UUID.fromString(line.channelId()))
                        .query(String.class)
                        .list());
    }
}
