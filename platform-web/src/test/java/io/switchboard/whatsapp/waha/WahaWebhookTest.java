package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.ApiClient;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Inboxes;
import io.switchboard.whatsapp.Mutations;
import io.switchboard.whatsapp.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checklist: signature of webhooks. */
class WahaWebhookTest extends WahaTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final String CUSTOMER = "4915550001@c.us";

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
    }

    @Test
    void stores_a_message() {
        assertThat(line.webhook().text("3EB0A1", CUSTOMER, "When do you open?").status())
                .isEqualTo(200);

        assertThat(inbox()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo("3EB0A1");
            assertThat(row.kind()).isEqualTo("TEXT");
            assertThat(row.text()).isEqualTo("When do you open?");
            assertThat(row.address()).isEqualTo(CUSTOMER);
            assertThat(row.name()).isEqualTo("Customer " + CUSTOMER);
        });
    }

    @Test
    void understands_every_kind_of_message() throws IOException {
        int seen = 0;
        try (InputStream file = getClass().getClassLoader().getResourceAsStream("waha/messages.json")) {
            for (JsonNode each : JSON.readTree(file)) {
                Line fresh = newLine(line.owner());
                Map<String, Object> more = new LinkedHashMap<>();
                each.path("payload").properties().forEach(field -> more.put(field.getKey(), field.getValue()));
                String body = fresh.webhook().event("message", WahaWebhook.message("3EB0A1", CUSTOMER, more));

                assertThat(fresh.webhook().deliver(body).status())
                        .as(each.path("case").asString())
                        .isEqualTo(200);

                assertThat(inbox(fresh))
                        .as(each.path("case").asString())
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.kind()).isEqualTo(each.path("kind").asString());
                            assertThat(row.text()).isEqualTo(each.path("text").asString(null));
                        });
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "nonsense", "of another key", "of other bytes"})
    void refuses_an_event_without_its_signature(String which) {
        byte[] body = line.webhook()
                .event("message", WahaWebhook.message("3EB0A1", CUSTOMER, Map.of("body", "Hello")))
                .getBytes(StandardCharsets.UTF_8);
        String signature = switch (which) {
            case "none" -> null;
            case "of another key" -> WahaWebhook.sign(HMAC_KEY + "x", body);
            case "of other bytes" -> WahaWebhook.sign(HMAC_KEY, new byte[] {1});
            default -> which;
        };

        assertThat(line.webhook().deliver(body, signature).status()).isEqualTo(401);
        assertThat(inbox()).isEmpty();
    }

    /** Class "no signature check at all": zeptoclaw#317. */
    @Test
    void makes_no_channel_without_a_key_to_check_signatures_with() {
        Map<String, Object> request = request(newBot(line.owner()), "s2", "https://waha.example.org");
        request.remove("hmacKey");

        ApiClient.Reply reply = line.owner().api().post("/api/v1/channels", request);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo("hmacKey");
    }

    /** Class "tenants mixed": each session has its channel, and each channel its key. */
    @Test
    void lets_no_tenant_speak_for_anothers_session() {
        Line other = newLine(newTenant());
        WahaWebhook posing = new WahaWebhook(
                anonymous(), line.webhook().path(), HMAC_KEY, other.webhook().session());
        WahaWebhook forged = new WahaWebhook(
                anonymous(),
                other.webhook().path(),
                "my-own-key",
                other.webhook().session());

        assertThat(posing.text("3EB0A1", CUSTOMER, "Send me money").status()).isEqualTo(200);
        assertThat(forged.text("3EB0A2", CUSTOMER, "Send me money").status()).isEqualTo(401);

        assertThat(inbox()).isEmpty();
        assertThat(inbox(other)).isEmpty();
    }

    @Test
    void keeps_the_same_message_id_apart_in_two_channels() {
        Line other = newLine(newTenant());

        line.webhook().text("3EB0A1", CUSTOMER, "To the first");
        other.webhook().text("3EB0A1", CUSTOMER, "To the second");

        assertThat(inbox()).extracting(Inboxes.Row::text).containsExactly("To the first");
        assertThat(inbox(other)).extracting(Inboxes.Row::text).containsExactly("To the second");
    }

    /** Class "WAHA doubles": waha#1384, #2031, #1627, #1564, #1718, #1044. */
    @Test
    void stores_one_row_of_a_message_that_comes_in_many_events_at_once() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> statuses = new ArrayList<>();
            IntStream.range(0, 20)
                    .forEach(i -> statuses.add(threads.submit(() -> line.webhook()
                            .deliver(line.webhook()
                                    .event(
                                            i % 2 == 0 ? "message" : "message.any",
                                            WahaWebhook.message("3EB0A1", CUSTOMER, Map.of("body", "Hello"))))
                            .status())));
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(inbox()).hasSize(1);
    }

    /** Class "@lid": waha#1073, #1711, #1849, #1418: one person under two ids, and the reply to the id as received. */
    @Test
    void knows_a_person_by_phone_and_by_hidden_id() {
        line.webhook().text("3EB0A1", CUSTOMER, "By phone");
        line.webhook()
                .deliver(line.webhook()
                        .event(
                                "message",
                                WahaWebhook.message(
                                        "3EB0A2",
                                        "123456789@lid",
                                        Map.of(
                                                "body",
                                                "By hidden id",
                                                "_data",
                                                Map.of("key", Map.of("remoteJidAlt", "4915550001@s.whatsapp.net"))))));
        line.webhook().text("3EB0A3", "123456789@lid", "By hidden id alone");

        assertThat(line.owner().api().get("/api/v1/conversations").json().path("items"))
                .hasSize(1);
        assertThat(inbox()).extracting(Inboxes.Row::address).containsOnly("123456789@lid");
    }

    /** The same message under both ids of its chat is one message. */
    @Test
    void knows_a_message_whose_chat_is_written_otherwise() {
        line.webhook().text("3EB0A1", "4915550001@c.us", "Hello");
        line.webhook().text("3EB0A1", "123456789@lid", "Hello");

        assertThat(inbox()).hasSize(1);
    }

    /** Classes "loops, own messages" and "groups, stories, reactions answered". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "120363000000000000@g.us",
                "120363000000000000@newsletter",
                "status@broadcast",
                "1700000000@broadcast",
                "4930123456@c.us",
                "777@lid",
                "4930123456@s.whatsapp.net",
            })
    void stays_silent_where_nobody_asks(String from) {
        assertThat(line.webhook().text("3EB0A1", from, "Hello").status()).isEqualTo(200);

        assertThat(inbox()).isEmpty();
    }

    @Test
    void ignores_what_the_number_itself_wrote() {
        for (Map<String, Object> ours : List.<Map<String, Object>>of(
                Map.of("body", "Hello", "fromMe", true),
                Map.of("body", "Hello", "id", "true_" + CUSTOMER + "_3EB0A1", "fromMe", "yes"))) {
            line.webhook().deliver(line.webhook().event("message.any", WahaWebhook.message("3EB0A1", CUSTOMER, ours)));
        }

        assertThat(inbox()).isEmpty();
    }

    /** Events of the protocol that arrive as messages and say nothing. */
    @Test
    void ignores_empty_events_of_the_protocol() {
        Map<String, Object> sync = Map.of(
                "_data", Map.of("message", Map.of("protocolMessage", Map.of("type", "HISTORY_SYNC_NOTIFICATION"))));

        assertThat(line.webhook()
                        .deliver(line.webhook().event("message", WahaWebhook.message("3EB0A1", CUSTOMER, sync)))
                        .status())
                .isEqualTo(200);

        assertThat(inbox()).isEmpty();
    }

    @Test
    void keeps_reactions_edits_and_what_was_taken_back() {
        line.webhook().text("3EB0A1", CUSTOMER, "Wehn do you open?");
        String target = "false_" + CUSTOMER + "_3EB0A1";
        deliver("message.reaction", Map.of("reaction", Map.of("text", "👍", "messageId", "true_x@c.us_3EB0FF")));
        deliver(
                "message.reaction",
                Map.of("reaction", Map.of("text", "", "messageId", "true_x@c.us_3EB0FF"), "timestamp", 1));
        deliver("message.edited", Map.of("editedMessageId", target, "body", "When do you open?"));
        line.webhook()
                .deliver(line.webhook()
                        .event(
                                "message.revoked",
                                Map.of(
                                        "revokedMessageId",
                                        "3EB0A1",
                                        "after",
                                        WahaWebhook.message("3EB0A9", CUSTOMER, Map.of()))));

        assertThat(inbox())
                .extracting(Inboxes.Row::kind)
                .containsExactlyInAnyOrder("TEXT", "REACTION", "REACTION", "EDIT", "REVOKE");
    }

    @Test
    void takes_events_that_come_again_once() {
        for (int i = 0; i < 2; i++) {
            deliver(
                    "message.reaction",
                    Map.of(
                            "reaction",
                            Map.of("text", "👍", "messageId", "true_x@c.us_3EB0FF"),
                            "timestamp",
                            1710481111));
        }

        assertThat(inbox()).hasSize(1);
    }

    @Test
    void takes_the_arrival_where_the_time_makes_no_sense() {
        Instant before = Instant.now();
        deliver("message", Map.of("body", "Hello", "timestamp", "soon"));

        assertThat(inbox())
                .singleElement()
                .satisfies(row -> assertThat(row.sentAt()).isBetween(before.minusSeconds(1), Instant.now()));
    }

    /** Each place of each event, once missing and once of every other type, and a sound message after each. */
    @Test
    void loses_nothing_to_broken_events() {
        int broken = 0;
        List<String> witnesses = new ArrayList<>();
        Map<String, Object> everything = Map.of(
                "body", "Hello",
                "hasMedia", true,
                "media", Map.of("url", "http://x/1", "mimetype", "a/b"),
                "location", Map.of("latitude", 1, "longitude", 2),
                "vCards", List.of("x"),
                "replyTo", Map.of("id", "3EB0"));
        for (String event : List.of(
                line.webhook().event("message", WahaWebhook.message("3EB0A1", CUSTOMER, everything)),
                line.webhook()
                        .event(
                                "message.reaction",
                                WahaWebhook.message(
                                        "3EB0A2", CUSTOMER, Map.of("reaction", Map.of("text", "x", "messageId", "y")))),
                line.webhook()
                        .event("message.ack", Map.of("id", "true_" + CUSTOMER + "_3EB0", "fromMe", true, "ack", 3)))) {
            for (JsonNode mutation : Mutations.of(JSON.readTree(event))) {
                assertThat(line.webhook().deliver(mutation.toString()).status())
                        .as(mutation.toString())
                        .isEqualTo(200);
                broken++;
            }
            String witness = "3EB0" + UUID.randomUUID().toString().replace("-", "");
            line.webhook().text(witness, CUSTOMER, "Sound");
            witnesses.add(witness);
        }

        assertThat(broken).isGreaterThan(300);
        assertThat(inbox()).extracting(Inboxes.Row::id).containsAll(witnesses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "17", "\"text\"", "{", "{\"event\":", "{}{}", "{\"event\":\"message\"}"})
    void takes_a_signed_body_that_says_nothing(String body) {
        assertThat(line.webhook().deliver(body).status()).isEqualTo(200);
        assertThat(inbox()).isEmpty();
    }

    @Test
    void takes_every_event_that_waha_documents() {
        List<Path> files = Recorded.files("waha", ".jsonc");
        assumeThat(files).as("no recorded events beside the project").isNotEmpty();
        for (Path file : files) {
            Line fresh = newLine(newTenant());
            ObjectNode event = (ObjectNode) LENIENT.readTree(Recorded.read(file));
            event.put("session", fresh.webhook().session());

            assertThat(fresh.webhook().deliver(event.toString()).status())
                    .as(file.toString())
                    .isEqualTo(200);

            boolean reaction = event.path("event").asString().equals("message.reaction");
            assertThat(inbox(fresh)).as(file.toString()).hasSize(reaction ? 1 : 0);
            if (reaction) {
                assertThat(inbox(fresh).getFirst().kind()).isEqualTo("REACTION");
            }
        }
    }

    private void deliver(String event, Map<String, ?> more) {
        assertThat(line.webhook()
                        .deliver(line.webhook()
                                .event(event, WahaWebhook.message("3EB0B" + more.hashCode(), CUSTOMER, more)))
                        .status())
                .isEqualTo(200);
    }

    private List<Inboxes.Row> inbox() {
        return inbox(line);
    }

    private List<Inboxes.Row> inbox(Line of) {
        return new Inboxes(transactions, jdbc).of(of.owner().tenant().id(), of.channelId());
    }
}
