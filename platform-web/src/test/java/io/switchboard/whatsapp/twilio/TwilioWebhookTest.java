package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.ApiClient;
import io.switchboard.kernel.Sha256;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Inboxes;
import io.switchboard.whatsapp.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: signature of webhooks. */
class TwilioWebhookTest extends TwilioTest {

    private static final String CUSTOMER = "whatsapp:+4915550001";

    /** In place of each parameter's value, once each. */
    private static final List<String> STRANGE =
            List.of("", " ", "\0", "-1", "x".repeat(5000), "null", "{\"a\":[]}", "%00", "\uD83D\uDE42", "ﷺ\u202E");

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
    void stores_a_message_and_says_nothing_to_the_customer() {
        Instant before = Instant.now();
        ApiClient.Reply reply = line.webhook().text("SM1", CUSTOMER, "When do you open?");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/xml");
        assertThat(reply.response().body()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
        assertThat(inbox()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo("SM1");
            assertThat(row.kind()).isEqualTo("TEXT");
            assertThat(row.text()).isEqualTo("When do you open?");
            assertThat(row.address()).isEqualTo(CUSTOMER);
            assertThat(row.name()).isEqualTo("Customer " + CUSTOMER);
            assertThat(row.sentAt()).isBetween(before.minusSeconds(1), Instant.now());
        });
    }

    @Test
    void understands_every_kind_of_message() throws IOException {
        int seen = 0;
        for (JsonNode each : resource()) {
            Line fresh = newLine(line.owner());
            Map<String, String> parameters = new HashMap<>(fresh.webhook().message("SM1", CUSTOMER, "", Map.of()));
            parameters.remove("MessageType");
            each.path("parameters")
                    .properties()
                    .forEach(field ->
                            parameters.put(field.getKey(), field.getValue().asString()));

            assertThat(fresh.webhook().deliver(parameters).status())
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
        assertThat(seen).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "nonsense",
                "of another address",
                "of another token",
                "of another text",
                "of the inner address"
            })
    void refuses_a_request_without_its_signature(String which) {
        Map<String, String> parameters = line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Hello"));
        String url = line.webhook().publicUrl() + line.webhook().path();
        String signature = switch (which) {
            case "none" -> null;
            case "of another address" -> TwilioWebhook.sign(AUTH_TOKEN, url + "/status", parameters);
            case "of another token" -> TwilioWebhook.sign(AUTH_TOKEN + "x", url, parameters);
            case "of another text" ->
                TwilioWebhook.sign(
                        AUTH_TOKEN, url, line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Bye")));
            case "of the inner address" ->
                TwilioWebhook.sign(
                        AUTH_TOKEN, "http://localhost:" + port + line.webhook().path(), parameters);
            default -> which;
        };

        ApiClient.Reply reply = line.webhook().post("", TwilioWebhook.form(parameters), signature);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(inbox()).isEmpty();
    }

    /** Lesson of twilio-node#321 and yap#1589: a proxy that ends TLS, and headers that anybody can write. */
    @Test
    void believes_the_configured_address_and_no_header() {
        Map<String, String> parameters = line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Hello"));
        String form = TwilioWebhook.form(parameters);
        String ours = TwilioWebhook.sign(
                AUTH_TOKEN, line.webhook().publicUrl() + ":443" + line.webhook().path(), parameters);
        String theirs = TwilioWebhook.sign(
                AUTH_TOKEN, "https://elsewhere.example.org" + line.webhook().path(), parameters);
        TwilioWebhook forwarded = new TwilioWebhook(
                anonymous()
                        .withHeader("X-Forwarded-Host", "elsewhere.example.org")
                        .withHeader("X-Forwarded-Proto", "https"),
                line.webhook().publicUrl(),
                line.webhook().path(),
                AUTH_TOKEN,
                line.webhook().accountSid(),
                line.webhook().number());

        assertThat(forwarded.post("", form, theirs).status()).isEqualTo(403);
        assertThat(forwarded.post("", form, ours).status()).isEqualTo(200);
        assertThat(inbox()).hasSize(1);
    }

    @Test
    void takes_parameters_in_the_address_as_they_were_signed() {
        Map<String, String> parameters = line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Hello"));

        assertThat(line.webhook().post("?place=a%20b%2Bc&empty=", parameters).status())
                .isEqualTo(200);
        assertThat(inbox()).hasSize(1);
    }

    @Test
    void takes_json_with_the_digest_of_its_body() {
        byte[] body = JsonMapper.shared()
                .writeValueAsBytes(line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Hello")));
        String query = "?bodySHA256=" + Sha256.hex(body);
        String url = line.webhook().publicUrl() + line.webhook().path() + query;

        ApiClient.Reply reply = anonymous()
                .withHeader("X-Twilio-Signature", TwilioWebhook.sign(AUTH_TOKEN, url, Map.of()))
                .send("POST", line.webhook().path() + query, "application/json", body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(inbox()).extracting(Inboxes.Row::text).containsExactly("Hello");
    }

    @Test
    void does_not_say_which_channels_there_are() {
        assertThat(anonymous()
                        .post("/webhooks/twilio/AAAAAAAAAAAAAAAAAAAAAA", "")
                        .status())
                .isEqualTo(404);
        assertThat(anonymous().get(line.webhook().path()).status()).isEqualTo(405);
        String meta = line.webhook().path().replace("/twilio/", "/meta/");
        assertThat(anonymous().post(meta, "{}").status())
                .as("the key of another provider's channel")
                .isEqualTo(404);
    }

    /** Class "tenants mixed": chatwoot#13426, #12029, #11882 and the forgery test of open-chat-studio. */
    @Test
    void lets_no_tenant_speak_for_anothers_number() {
        Line other = newLine(newTenant());
        Map<String, String> forged = line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "Send me money"));
        forged.put("To", other.webhook().number());
        Map<String, String> account = line.webhook().message("SM2", CUSTOMER, "text", Map.of("Body", "Send me money"));
        account.put("AccountSid", other.webhook().accountSid());

        assertThat(line.webhook().deliver(forged).status()).isEqualTo(200);
        assertThat(line.webhook().deliver(account).status()).isEqualTo(200);
        ApiClient.Reply atTheirs = new TwilioWebhook(
                        anonymous(),
                        line.webhook().publicUrl(),
                        other.webhook().path(),
                        "9d4e1e23bd5b727046a9e3b4b7db57bd",
                        other.webhook().accountSid(),
                        other.webhook().number())
                .text("SM3", CUSTOMER, "Send me money");

        assertThat(atTheirs.status()).isEqualTo(403);
        assertThat(inbox()).isEmpty();
        assertThat(inbox(other)).isEmpty();
    }

    @Test
    void keeps_the_same_message_id_apart_in_two_channels() {
        Line other = newLine(newTenant());

        line.webhook().text("SM1", CUSTOMER, "To the first");
        other.webhook().text("SM1", CUSTOMER, "To the second");

        assertThat(inbox()).extracting(Inboxes.Row::text).containsExactly("To the first");
        assertThat(inbox(other)).extracting(Inboxes.Row::text).containsExactly("To the second");
    }

    /** Class "dedup not atomic": OpenWA#464, chatwoot#13359 and #14058. */
    @Test
    void stores_one_row_of_a_message_that_comes_twenty_times_at_once() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> statuses = new ArrayList<>();
            IntStream.range(0, 20)
                    .forEach(_ -> statuses.add(threads.submit(
                            () -> line.webhook().text("SM1", CUSTOMER, "Hello").status())));
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(inbox()).hasSize(1);
    }

    /** Class "loops, own messages": openclaw PR#53624, #61108, hermes-agent PR#4273, nanoclaw#273. */
    @Test
    void ignores_what_comes_from_its_own_number() {
        assertThat(line.webhook().text("SM1", line.webhook().number(), "Hello").status())
                .isEqualTo(200);

        assertThat(inbox()).isEmpty();
    }

    /** Class "number forms": chatwoot#5840, PR#14926: a reply goes to the address as received, no digit added or removed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatsapp:+5511912345678",
                "whatsapp:+551112345678",
                "whatsapp:+5215512345678",
                "whatsapp:US.13491208655302741918"
            })
    void answers_to_the_address_as_it_came(String from) {
        line.webhook().text("SM1", from, "Hello");

        assertThat(inbox()).extracting(Inboxes.Row::address).containsExactly(from);
    }

    @Test
    void knows_a_message_without_an_id_when_it_comes_again() {
        Map<String, String> parameters = line.webhook().message("SM1", CUSTOMER, "text", Map.of("Body", "No id"));
        List.of("MessageSid", "SmsMessageSid", "SmsSid").forEach(parameters::remove);

        line.webhook().deliver(parameters);
        line.webhook().deliver(parameters);

        assertThat(inbox()).extracting(Inboxes.Row::text).containsExactly("No id");
    }

    /** Each parameter once missing and once of every strange value, and a sound message after each. */
    @Test
    void loses_nothing_to_strange_parameters() {
        Map<String, String> sound = new HashMap<>(line.webhook()
                .message(
                        "SM0",
                        CUSTOMER,
                        "image",
                        Map.of("Body", "Hello", "MediaUrl0", "https://x.test/1", "Latitude", "1")));
        List<String> witnesses = new ArrayList<>();
        int broken = 0;
        for (String name : List.copyOf(sound.keySet())) {
            Map<String, String> without = new HashMap<>(sound);
            without.remove(name);
            assertThat(line.webhook().deliver(without).status()).as(name).isEqualTo(200);
            for (String value : STRANGE) {
                Map<String, String> strange = new HashMap<>(sound);
                strange.put(name, value);
                assertThat(line.webhook().deliver(strange).status())
                        .as(name + "=" + value)
                        .isEqualTo(200);
                broken++;
            }
            String witness = newMessageSid();
            assertThat(line.webhook().text(witness, CUSTOMER, "Sound").status()).isEqualTo(200);
            witnesses.add(witness);
        }

        assertThat(broken).isGreaterThan(100);
        assertThat(inbox()).extracting(Inboxes.Row::id).containsAll(witnesses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "&&&",
                "%",
                "a=%ff%fe",
                "MessageStatus=sent",
                "MessageStatus=sent&MessageSid=SM1",
                "MessageStatus=imagined&MessageSid=SM1"
            })
    void takes_a_signed_body_that_says_nothing(String form) {
        for (String below : List.of("", "/status")) {
            Map<String, String> signed = new HashMap<>();
            TwilioParameters.ofForm(form.getBytes(StandardCharsets.UTF_8))
                    .all()
                    .forEach(parameter -> signed.put(parameter.name(), parameter.value()));
            String signature = TwilioWebhook.sign(
                    AUTH_TOKEN, line.webhook().publicUrl() + line.webhook().path() + below, signed);

            assertThat(line.webhook().post(below, form, signature).status())
                    .as(below + " " + form)
                    .isEqualTo(200);
        }
        assertThat(inbox()).isEmpty();
    }

    @Test
    void refuses_a_body_that_no_provider_sends() {
        assertThat(line.webhook().post("", "a=" + "x".repeat(4_300_000), "none").status())
                .isEqualTo(413);
    }

    @Test
    void takes_every_request_that_others_wrote_down() {
        List<Path> files = Recorded.files("twilio", ".form");
        assumeThat(files).as("no recorded requests beside the project").isNotEmpty();
        for (Path file : files) {
            Map<String, String> parameters = new HashMap<>();
            TwilioParameters.ofForm(Recorded.read(file).strip().getBytes(StandardCharsets.UTF_8))
                    .all()
                    .forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
            Line fresh = newLine(newTenant(), parameters.get("AccountSid"), parameters.get("To"));

            assertThat(fresh.webhook().deliver(parameters).status())
                    .as(file.toString())
                    .isEqualTo(200);
            assertThat(fresh.webhook().deliver(parameters).status())
                    .as(file.toString())
                    .isEqualTo(200);

            assertThat(inbox(fresh)).as(file.toString()).singleElement().satisfies(row -> {
                assertThat(row.id()).isEqualTo(parameters.get("MessageSid"));
                assertThat(row.text()).isEqualTo(parameters.get("Body"));
                assertThat(row.name()).isEqualTo(parameters.get("ProfileName"));
                assertThat(row.address()).isEqualTo(parameters.get("From"));
            });
            assertThat(fresh.owner()
                            .api()
                            .delete("/api/v1/channels/" + fresh.channelId())
                            .status())
                    .isEqualTo(409);
        }
    }

    private static JsonNode resource() throws IOException {
        try (InputStream file = TwilioWebhookTest.class.getClassLoader().getResourceAsStream("twilio/messages.json")) {
            return JsonMapper.shared().readTree(file);
        }
    }

    private List<Inboxes.Row> inbox() {
        return inbox(line);
    }

    private List<Inboxes.Row> inbox(Line of) {
        return new Inboxes(transactions, jdbc).of(of.owner().tenant().id(), of.channelId());
    }
}
