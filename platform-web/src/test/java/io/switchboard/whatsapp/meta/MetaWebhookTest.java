package io.switchboard.whatsapp.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.ApiClient;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checklist: signature of webhooks. */
class MetaWebhookTest extends MetaTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    TenantTransactions transactions;

    @Autowired
    TenancyService tenancy;

    @Autowired
    JdbcClient jdbc;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
    }

    @Test
    void answers_the_handshake_with_the_challenge_and_nothing_else() {
        ApiClient.Reply reply = handshake("subscribe", verifyToken());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).isEqualTo("1158201444");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void refuses_a_handshake_with_another_token() {
        assertThat(handshake("subscribe", verifyToken() + "x").status()).isEqualTo(403);
        assertThat(handshake("unsubscribe", verifyToken()).status()).isEqualTo(403);
        assertThat(line.webhook().client().get(line.webhook().path()).status()).isEqualTo(403);
        assertThat(anonymous()
                        .get(
                                "/webhooks/meta/AAAAAAAAAAAAAAAAAAAAAA?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void stores_a_signed_message_once_however_often_it_comes() throws Exception {
        String id = newMessageId();
        List<Future<ApiClient.Reply>> replies = new ArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                replies.add(many.submit(() -> line.webhook().text(id, "4915550001", "When do you open?")));
            }
        }

        for (Future<ApiClient.Reply> reply : replies) {
            assertThat(reply.get().status()).isEqualTo(200);
        }
        assertThat(inbox()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(id);
            assertThat(row.text()).isEqualTo("When do you open?");
            assertThat(row.name()).isEqualTo("Customer 4915550001");
        });
    }

    @Test
    void refuses_a_delivery_that_is_not_signed_by_this_channels_app() {
        byte[] body = message(Map.of("from", "4915550001", "type", "text", "text", Map.of("body", "Hello")));
        MetaWebhook webhook = line.webhook();

        assertThat(webhook.deliver(body, null).status()).isEqualTo(401);
        assertThat(webhook.deliver(body, "sha256=" + MetaWebhook.sign("another secret", body))
                        .status())
                .isEqualTo(401);
        assertThat(webhook.deliver(body, "sha256=" + MetaWebhook.sign(APP_SECRET, "{}".getBytes(UTF_8)))
                        .status())
                .isEqualTo(401);
        assertThat(webhook.deliver(body, MetaWebhook.sign(APP_SECRET, body)).status())
                .isEqualTo(401);
        assertThat(inbox()).isEmpty();
    }

    @Test
    void verifies_the_bytes_with_their_escapes() {
        byte[] body = new String(message(Map.of("from", "1", "type", "text", "text", Map.of("body", "@@"))), UTF_8)
                .replace("@@", "Gr\\u00fc\\u00dfe \\ud83d\\ude42 https:\\/\\/example.org")
                .getBytes(UTF_8);

        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
        assertThat(inbox()).extracting(Row::text).containsExactly("Grüße 🙂 https://example.org");
    }

    @Test
    void knows_no_channel_of_a_tenant_that_is_suspended() {
        tenancy.changeStatus(line.owner().tenant().id(), TenantStatus.SUSPENDED);

        assertThat(line.webhook().text(newMessageId(), "1", "Hello").status()).isEqualTo(404);
        assertThat(handshake("subscribe", "any").status()).isEqualTo(404);
    }

    @Test
    void refuses_more_than_meta_ever_sends() {
        byte[] body = new byte[4 * 1024 * 1024 + 1];

        assertThat(line.webhook().deliver(body).status()).isEqualTo(413);
    }

    @Test
    void keeps_every_kind_of_message_with_what_it_says() throws IOException {
        JsonNode cases = resource("meta/messages.json");
        assertThat(cases.size()).isGreaterThan(30);
        List<Row> expected = new ArrayList<>();
        for (JsonNode each : cases) {
            ObjectNode message = (ObjectNode) each.path("message");
            String id = newMessageId();
            message.put("id", id).put("timestamp", "1750025136");
            assertThat(line.webhook().deliver(envelope(message)).status())
                    .as(each.path("case").asString())
                    .isEqualTo(200);
            if (!each.path("ignored").asBoolean(false)) {
                expected.add(new Row(
                        id,
                        each.path("kind").asString(),
                        each.path("user").asString("4915550001"),
                        null,
                        each.path("text").asString(null),
                        Instant.ofEpochSecond(1_750_025_136)));
            }
        }

        assertThat(inbox()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void reads_every_entry_change_and_message_of_a_delivery() {
        List<Object> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int entry = 0; entry < 2; entry++) {
            List<Object> changes = new ArrayList<>();
            for (int change = 0; change < 2; change++) {
                List<Object> messages = new ArrayList<>();
                for (int message = 0; message < 2; message++) {
                    String id = newMessageId();
                    ids.add(id);
                    messages.add(textMessage(id, "49155500" + entry + message));
                }
                messages.add(change, "no message");
                messages.add(Map.of("id", 17, "from", List.of()));
                changes.add(change(line.webhook().phoneNumberId(), Map.of("messages", messages, "statuses", "none")));
            }
            entries.add(Map.of("id", "1", "changes", changes));
        }

        String body = JSON.writeValueAsString(Map.of("object", "whatsapp_business_account", "entry", entries));

        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
        assertThat(inbox()).extracting(Row::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void believes_no_delivery_that_speaks_for_another_number() {
        Line other = newLine(newTenant(), List.of());
        String mine = newMessageId();
        String body = JSON.writeValueAsString(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of(
                        "id",
                        "1",
                        "changes",
                        List.of(
                                change(
                                        other.webhook().phoneNumberId(),
                                        Map.of("messages", List.of(textMessage(newMessageId(), "4915550001")))),
                                change(
                                        line.webhook().phoneNumberId(),
                                        Map.of("messages", List.of(textMessage(mine, "4915550001")))))))));

        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);

        assertThat(inbox()).extracting(Row::id).containsExactly(mine);
        assertThat(inbox(other)).isEmpty();
    }

    @Test
    void keeps_the_same_message_id_apart_in_two_channels() {
        Line other = newLine(newTenant(), List.of());
        String id = newMessageId();

        line.webhook().text(id, "4915550001", "To the first");
        other.webhook().text(id, "4915550001", "To the second");

        assertThat(inbox()).extracting(Row::text).containsExactly("To the first");
        assertThat(inbox(other)).extracting(Row::text).containsExactly("To the second");
    }

    @ParameterizedTest
    @CsvSource({"message_template_status_update", "history", "account_update"})
    void ignores_fields_that_bring_no_customers_message(String field) {
        Map<String, Object> change = Map.of(
                "field",
                field,
                "value",
                Map.of(
                        "metadata", Map.of("phone_number_id", line.webhook().phoneNumberId()),
                        "message_echoes", List.of(textMessage(newMessageId(), "15550783881")),
                        "messages", List.of(textMessage(newMessageId(), "15550783881"))));
        String body = JSON.writeValueAsString(Map.of("entry", List.of(Map.of("changes", List.of(change)))));

        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
        assertThat(inbox()).isEmpty();
    }

    @Test
    @DisplayName("loops, own messages: an echo never reaches the chain, and the bot is quiet from then on")
    void shows_what_a_person_wrote_in_the_app_and_answers_it_not() {
        String echo = newMessageId();
        Map<String, Object> change = Map.of(
                "field",
                "smb_message_echoes",
                "value",
                Map.of(
                        "metadata",
                        Map.of(
                                "phone_number_id",
                                line.webhook().phoneNumberId(),
                                "display_phone_number",
                                "15550783881"),
                        "message_echoes",
                        List.of(
                                Map.of(
                                        "from", "15550783881",
                                        "to", "4915550001",
                                        "id", echo,
                                        "timestamp", "1750025136",
                                        "type", "text",
                                        "text", Map.of("body", "We close at five.")),
                                Map.of("from", "15550783881", "to", List.of()),
                                "no echo")));
        String body = JSON.writeValueAsString(Map.of("entry", List.of(Map.of("changes", List.of(change)))));

        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);

        assertThat(inbox()).isEmpty();
        ApiClient api = line.owner().api();
        ApiClient.Reply conversations = api.get("/api/v1/conversations");
        String conversation =
                conversations.json().path("items").path(0).path("id").asString();
        assertThat(conversations
                        .json()
                        .path("items")
                        .path(0)
                        .path("takenOverBy")
                        .asString(""))
                .isEqualTo("WhatsApp app");
        assertThat(api.get("/api/v1/conversations/" + conversation + "/messages")
                        .json()
                        .path("items"))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.path("direction").asString()).isEqualTo("OUT");
                    assertThat(message.path("text").asString()).isEqualTo("We close at five.");
                    assertThat(message.path("status").asString()).isEqualTo("SENT");
                });
    }

    @ParameterizedTest
    @CsvSource({"not-a-time", "-5", "99999999999999999999", "4102444800", "''", "0"})
    void takes_the_arrival_where_the_time_makes_no_sense(String timestamp) {
        Instant before = Instant.now();
        ObjectNode message = JSON.valueToTree(textMessage(newMessageId(), "4915550001"));
        message.put("timestamp", timestamp);

        line.webhook().deliver(envelope(message));

        assertThat(inbox())
                .singleElement()
                .satisfies(row -> assertThat(row.sentAt()).isBetween(before.minusSeconds(1), Instant.now()));
    }

    @Test
    void knows_a_message_without_an_id_when_it_comes_again() {
        byte[] body = message(Map.of("from", "4915550001", "type", "text", "text", Map.of("body", "No id")));

        line.webhook().deliver(body);
        line.webhook().deliver(body);

        assertThat(inbox()).extracting(Row::text).containsExactly("No id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "17", "\"text\"", "{", "{\"entry\":", "{\"entry\":{}}", "<xml/>", "{}{}"})
    void takes_a_signed_body_that_says_nothing(String body) {
        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
    }

    @Test
    void survives_bodies_that_are_made_to_hurt() {
        assertThat(line.webhook().deliver("[".repeat(200_000)).status()).isEqualTo(200);
        assertThat(line.webhook().deliver("{\"entry\":".repeat(50_000)).status())
                .isEqualTo(200);
        assertThat(line.webhook()
                        .deliver(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'})
                        .status())
                .isEqualTo(200);
        assertThat(line.webhook().deliver(new byte[1000]).status()).isEqualTo(200);
        assertThat(line.webhook()
                        .text(newMessageId(), "4915550001", "x".repeat(3_000_000))
                        .status())
                .isEqualTo(200);
    }

    /** Each place of each message, once missing and once of every other type, all beside one that is sound. */
    @Test
    void loses_no_message_to_broken_ones_beside_it() throws IOException {
        int broken = 0;
        Set<String> witnesses = new HashSet<>();
        for (JsonNode each : resource("meta/messages.json")) {
            List<JsonNode> mutations = Mutations.of(each.path("message"));
            String witness = newMessageId();
            List<Object> messages = new ArrayList<>(mutations);
            messages.add(mutations.size() / 2, textMessage(witness, "4915550009"));
            String body = line.webhook()
                    .envelope(Map.of(
                            "contacts", List.of(Map.of("wa_id", 17), "nobody"),
                            "messages", messages,
                            "statuses", mutations,
                            "errors", mutations));
            assertThat(line.webhook().deliver(body).status())
                    .as(each.path("case").asString())
                    .isEqualTo(200);
            broken += mutations.size();
            witnesses.add(witness);
        }

        assertThat(broken).isGreaterThan(1000);
        assertThat(inbox()).extracting(Row::id).containsAll(witnesses);
    }

    @Test
    void answers_200_to_every_envelope_with_something_broken_in_it() {
        JsonNode sound = JSON.readTree(envelope(JSON.valueToTree(textMessage("wamid.fixed", "4915550001"))));
        List<JsonNode> broken = Mutations.of(sound);

        assertThat(broken).hasSizeGreaterThan(100);
        for (JsonNode each : broken) {
            assertThat(line.webhook().deliver(each.toString()).status())
                    .as(each.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void takes_every_delivery_that_others_wrote_down() {
        List<Path> files = Fixtures.deliveries();
        assumeThat(files).as("no recorded deliveries beside the project").isNotEmpty();
        for (Path file : files) {
            Line fresh = newLine(newTenant(), List.of());
            String body = Fixtures.read(file)
                    .replaceAll(
                            "\"phone_number_id\"\\s*:\\s*\"[^\"]*\"",
                            "\"phone_number_id\":\"" + fresh.webhook().phoneNumberId() + "\"");

            assertThat(fresh.webhook().deliver(body).status())
                    .as(file.toString())
                    .isEqualTo(200);
            assertThat(fresh.webhook().deliver(body).status())
                    .as(file.toString())
                    .isEqualTo(200);

            assertThat(inbox(fresh))
                    .as(file.toString())
                    .extracting(Row::id)
                    .containsExactlyInAnyOrderElementsOf(customersMessages(JSON.readTree(body)));
        }
    }

    /** Ids of what a person would call a customer's message: in field messages, not in a group. */
    private static Set<String> customersMessages(JsonNode root) {
        Set<String> ids = new HashSet<>();
        for (JsonNode entry : root.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                for (JsonNode message : change.path("value").path("messages")) {
                    if (!message.has("group_id")) {
                        ids.add(message.path("id").asString());
                    }
                }
            }
        }
        return ids;
    }

    private String verifyToken() {
        return line.owner().api().get("/api/v1/channels/" + line.channelId()).text("verifyToken");
    }

    private ApiClient.Reply handshake(String mode, String token) {
        return line.webhook()
                .client()
                .get(line.webhook().path() + "?hub.mode=" + mode + "&hub.challenge=1158201444&hub.verify_token="
                        + URLEncoder.encode(token, UTF_8));
    }

    private static Map<String, Object> textMessage(String id, String from) {
        return Map.of(
                "id", id, "from", from, "timestamp", "1750025136", "type", "text", "text", Map.of("body", "Hello"));
    }

    private static Map<String, Object> change(String phoneNumberId, Map<String, ?> content) {
        Map<String, Object> value = new java.util.HashMap<>(content);
        value.put("metadata", Map.of("phone_number_id", phoneNumberId));
        return Map.of("field", "messages", "value", value);
    }

    private byte[] message(Map<String, ?> message) {
        return envelope(JSON.valueToTree(message)).getBytes(UTF_8);
    }

    private String envelope(JsonNode message) {
        return line.webhook().envelope(Map.of("messages", List.of(message)));
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream file = MetaWebhookTest.class.getClassLoader().getResourceAsStream(name)) {
            return JSON.readTree(file);
        }
    }

    private List<Row> inbox() {
        return inbox(line);
    }

    private List<Row> inbox(Line of) {
        return transactions.call(
                of.owner().tenant().id(),
                () -> jdbc.sql("""
                                select i.provider_message_id, i.kind, c.user_key, c.profile_name, i.text, i.sent_at
                                  from inbox i
                                  join conversation v on v.tenant_id = i.tenant_id and v.id = i.conversation_id
                                  join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                                 where i.tenant_id = :tenant and i.channel_id = :channel order by i.received_at, i.seq
                                """)
                        .param("tenant", of.owner().tenant().id().value())
                        .param("channel", UUID.fromString(of.channelId()))
                        .query((row, number) -> new Row(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getTimestamp(6).toInstant().truncatedTo(ChronoUnit.MICROS)))
                        .list());
    }

    private record Row(String id, String kind, String user, String name, String text, Instant sentAt) {}
}
