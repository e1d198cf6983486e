package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.channels.Channel;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Status;
import io.switchboard.channels.TemplateListing;
import io.switchboard.world.FakeContents;
import io.switchboard.world.FakeTwilio;
import io.switchboard.world.LoopbackServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Templates from Twilio's list of contents over our API to a customer. */
class TwilioTemplatesTest extends TwilioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "whatsapp:+4915550001";

    @Autowired
    TwilioTemplates templates;

    private Line line;
    private FakeContents contents;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
        contents = line.account().contents();
    }

    @Test
    void reads_what_sending_needs() {
        String sid = orderReady();

        assertThat(listed())
                .containsExactly(new MessageTemplate(
                        "order_ready",
                        "en",
                        "UTILITY",
                        Status.APPROVED,
                        "Order {{1}}",
                        "Hello {{2}}, your order {{1}} is ready.",
                        "Harbour Museum",
                        List.of(
                                new MessageTemplate.Button("Thanks", null),
                                new MessageTemplate.Button("Track it", "https://shop.example/t/{{1}}")),
                        null,
                        sid));
    }

    @Test
    void reads_each_type_that_has_words() {
        contents.add("text", "twilio/text", "approved", Map.of("body", "Hello {{1}}"));
        contents.add(
                "answers",
                "twilio/quick-reply",
                "approved",
                Map.of("body", "All well?", "actions", List.of(Map.of("title", "Yes", "id", "yes"))));
        contents.add(
                "calls",
                "twilio/call-to-action",
                "approved",
                Map.of(
                        "body",
                        "Call us",
                        "actions",
                        List.of(Map.of("type", "PHONE_NUMBER", "title", "Call", "phone", "+4930123"))));
        contents.add("card", "twilio/card", "approved", Map.of("title", "Open late", "subtitle", "On Thursdays"));
        contents.add(
                "picture",
                "twilio/media",
                "approved",
                Map.of("body", "The new wing", "media", List.of("https://museum.example/wing.jpg")));

        assertThat(listed())
                .hasSize(5)
                .allSatisfy(template ->
                        assertThat(template.obstacle()).as(template.name()).isNull());
        assertThat(listed())
                .extracting(template -> template.text(List.of("Ann")))
                .containsExactly("Hello Ann", "All well?", "Call us", "Open late\n\nOn Thursdays", "The new wing");
    }

    @Test
    void says_of_each_that_cannot_be_sent_from_here_why() {
        contents.add(
                "picture",
                "twilio/media",
                "approved",
                Map.of("body", "Look!", "media", List.of("https://museum.example/{{1}}")));
        contents.add("film", "whatsapp/card", "approved", Map.of("body", "Look!", "media", "https://film/{{9}}.mp4"));
        contents.add("code", "whatsapp/authentication", "approved", Map.of("body", "{{1}} is your code"));
        contents.add("carousel", "twilio/carousel", "approved", Map.of("body", "Look!", "cards", List.of()));
        contents.add(
                "coupon",
                "twilio/call-to-action",
                "approved",
                Map.of("body", "Look!", "actions", List.of(Map.of("type", "COPY_CODE", "title", "Copy", "code", "X"))));
        contents.add(
                "hidden",
                "twilio/quick-reply",
                "approved",
                Map.of("body", "All well?", "actions", List.of(Map.of("title", "Yes", "id", "yes_{{1}}"))));
        contents.add("empty", "twilio/text", "approved", Map.of());

        Map<String, String> obstacles = listed().stream()
                .collect(Collectors.toMap(MessageTemplate::name, template -> String.valueOf(template.obstacle())));
        assertThat(obstacles).hasSize(7);
        assertThat(obstacles.get("picture")).contains("differs from message to message");
        assertThat(obstacles.get("film")).contains("differs from message to message");
        assertThat(obstacles.get("code")).contains("one-time codes");
        assertThat(obstacles.get("carousel")).contains("neither words nor buttons");
        assertThat(obstacles.get("coupon")).contains("has a button");
        assertThat(obstacles.get("hidden")).contains("variable elsewhere");
        assertThat(obstacles.get("empty")).contains("no text");
    }

    @ParameterizedTest
    @CsvSource({
        "approved, APPROVED",
        "unsubmitted, UNSUBMITTED",
        "received, PENDING",
        "pending, PENDING",
        "rejected, REJECTED",
        "paused, PAUSED",
        "disabled, DISABLED",
        "imagined, DISABLED",
    })
    void knows_each_state_of_an_approval(String told, Status known) {
        contents.add("welcome", "twilio/text", told, Map.of("body", "Welcome!"));

        assertThat(listed()).extracting(MessageTemplate::status).containsExactly(known);
        assertThat(sync().status()).isEqualTo(200);
        assertThat(line.owner().api().get(path()).text("/items/0/status")).isEqualTo(known.name());
    }

    @Test
    void reads_all_pages_and_follows_no_address_to_another_host() throws Exception {
        AtomicInteger strangers = new AtomicInteger();
        try (LoopbackServer elsewhere = LoopbackServer.start((request, response) -> {
            strangers.incrementAndGet();
            response.json(200, "{\"contents\":[],\"meta\":{}}");
        })) {
            contents.host(elsewhere.address().toString());
            for (int i = 0; i < 230; i++) {
                contents.add("template_" + i, "twilio/text", "approved", Map.of("body", "Text " + i));
            }

            assertThat(listed()).extracting(MessageTemplate::name).hasSize(230).doesNotHaveDuplicates();
            assertThat(contents.asked()).isEqualTo(3);
            assertThat(strangers).hasValue(0);
        }
    }

    @Test
    void is_whole_or_nothing() {
        for (int i = 0; i < 150; i++) {
            contents.add("template_" + i, "twilio/text", "approved", Map.of("body", "Text " + i));
        }
        contents.host("https://content.twilio.com/elsewhere");

        assertThat(listing()).isInstanceOf(TemplateListing.Unavailable.class);
    }

    @Test
    void loses_none_because_of_another_that_nobody_can_read() {
        contents.add(Map.of("sid", List.of("x"), "language", 7));
        contents.add(Map.of("sid", "MM1", "language", "en", "friendly_name", "No content"));
        contents.add(Map.of(
                "sid", "HX" + "a".repeat(32), "language", "en", "types", "none", "approval_requests", List.of("odd")));
        contents.add("welcome", "twilio/text", "approved", Map.of("body", "Welcome!"));

        assertThat(listed()).extracting(MessageTemplate::name).containsExactly("welcome", "HX" + "a".repeat(32));
    }

    @Test
    void tells_those_of_one_name_apart() {
        String draft = contents.add("Opening hours ☀", "twilio/text", "unsubmitted", Map.of("body", "Draft"));
        contents.add("Opening hours ☀", "twilio/text", "approved", Map.of("body", "We open at ten."));

        assertThat(sync().json().path("templates").asInt()).isEqualTo(2);

        ApiClient.Reply first = line.owner().api().get(path() + "?limit=1");
        assertThat(first.text("/items/0/body")).isEqualTo("We open at ten.");
        assertThat(first.text("/items/0/name")).isEqualTo("Opening hours ☀");
        ApiClient.Reply rest = line.owner().api().get(path() + "?after=" + encoded(first.text("next")));
        assertThat(rest.text("/items/0/name")).isEqualTo("Opening hours ☀ " + draft);
    }

    @ParameterizedTest
    @CsvSource({"429, asked too often", "500, HTTP 500", "401, auth token"})
    void says_what_to_do_where_twilio_does_not_tell_and_keeps_what_there_was(int httpStatus, String problem) {
        contents.add("welcome", "twilio/text", "approved", Map.of("body", "Welcome!"));
        assertThat(sync().status()).isEqualTo(200);
        contents.script(new FakeTwilio.Answer.Refuse(httpStatus, Map.of(), "<html>no</html>"));

        ApiClient.Reply refused = sync();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains(problem).doesNotContain(AUTH_TOKEN);
        ApiClient.Reply list = line.owner().api().get(path());
        assertThat(list.text("/items/0/name")).isEqualTo("welcome");
        assertThat(list.text("problem")).contains(problem);
        assertThat(contents.asked()).as("each asked once").isEqualTo(2);
    }

    @Test
    void says_so_where_the_token_is_not_the_accounts() {
        line.account().token("another");

        assertThat(sync().text("detail")).contains("does not accept the auth token");
    }

    @Test
    void lists_a_variable_of_several_places_once() {
        orderReady();
        sync();

        assertThat(line.owner().api().get(path()).json().path("items").get(0).path("variables"))
                .isEqualTo(JsonMapper.shared().readTree("""
                [{"place": "HEADER", "button": null, "name": "1"}, {"place": "BODY", "button": null, "name": "2"}]
                """));
    }

    @Test
    void reach_a_customer() {
        String sid = orderReady();
        sync();
        String conversation = conversation();

        ApiClient.Reply reply = send(conversation, "order_ready", "A-17", "Ann");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        FakeTwilio.Send sent = awaitTemplate();
        assertThat(sent.to()).isEqualTo(CUSTOMER);
        assertThat(sent.form())
                .containsEntry("ContentSid", sid)
                .containsEntry("ContentVariables", "{\"1\":\"A-17\",\"2\":\"Ann\"}");
        assertThat(messages(conversation).getLast().path("text").asString())
                .isEqualTo("Order A-17\n\nHello Ann, your order A-17 is ready.\n\nHarbour Museum");

        line.webhook().status(sent, "delivered", Map.of());
        awaitStatus(conversation, "DELIVERED");
    }

    /** Twilio took it and broke off; its list tells so before it is sent again. */
    @Test
    void reach_a_customer_once_where_twilio_breaks_off() {
        orderReady();
        sync();
        String conversation = conversation();
        line.account().script(new FakeTwilio.Answer.AcceptAndBreak());

        send(conversation, "order_ready", "A-17", "Ann");

        awaitStatus(conversation, "SENT");
        assertThat(line.account().requests().stream()
                        .filter(request -> request.form().containsKey("ContentSid")))
                .hasSize(1);
    }

    @Test
    void show_why_whatsapp_did_not_take_one() {
        orderReady();
        sync();
        String conversation = conversation();

        send(conversation, "order_ready", "A-17", "Ann");
        line.webhook().status(awaitTemplate(), "undelivered", Map.of("ErrorCode", "63024"));

        awaitStatus(conversation, "FAILED");
    }

    @Test
    void are_refused_with_a_sentence_that_says_what_to_do() {
        orderReady();
        contents.add("draft", "twilio/text", "unsubmitted", Map.of("body", "Hello"));
        sync();
        String conversation = conversation();

        ApiClient.Reply few = send(conversation, "order_ready", "A-17");
        assertThat(few.status()).isEqualTo(400);
        assertThat(few.text("/errors/0/message")).contains("2", "there are 1");
        ApiClient.Reply unsubmitted = send(conversation, "draft");
        assertThat(unsubmitted.status()).isEqualTo(409);
        assertThat(unsubmitted.text("detail")).contains("submitted", "Choose another one");
    }

    private String orderReady() {
        return contents.add(
                "order_ready",
                "whatsapp/card",
                "approved",
                new HashMap<>(Map.of(
                        "header_text",
                        "Order {{1}}",
                        "body",
                        "Hello {{2}}, your order {{1}} is ready.",
                        "footer",
                        "Harbour Museum",
                        "actions",
                        List.of(
                                Map.of("type", "QUICK_REPLY", "title", "Thanks", "id", "thanks_{{1}}"),
                                Map.of("type", "URL", "title", "Track it", "url", "https://shop.example/t/{{1}}")))));
    }

    private String conversation() {
        line.webhook().text(newMessageSid(), CUSTOMER, "When do you open?");
        await().atMost(PATIENCE).until(() -> !line.account().delivered().isEmpty());
        return line.owner().api().get("/api/v1/conversations").text("/items/0/id");
    }

    private FakeTwilio.Send awaitTemplate() {
        await().atMost(PATIENCE)
                .until(() -> line.account().delivered().getLast().form().containsKey("ContentSid"));
        return line.account().delivered().getLast();
    }

    private void awaitStatus(String conversation, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                messages(conversation).getLast().path("status").asString())
                        .isEqualTo(status));
    }

    private List<JsonNode> messages(String conversation) {
        return line.owner()
                .api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private ApiClient.Reply send(String conversation, String name, String... values) {
        return line.owner()
                .api()
                .post(
                        "/api/v1/conversations/" + conversation + "/template",
                        Map.of("name", name, "language", "en", "variables", List.of(values)));
    }

    private ApiClient.Reply sync() {
        return line.owner().api().post(path() + "/sync", Map.of());
    }

    private String path() {
        return "/api/v1/channels/" + line.channelId() + "/templates";
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private TemplateListing listing() {
        Channel channel = storedChannel(line.owner(), line.channelId());
        return templates.list(line.owner().tenant().id(), channel);
    }

    private List<MessageTemplate> listed() {
        TemplateListing listing = listing();
        assertThat(listing).isInstanceOf(TemplateListing.Listed.class);
        return ((TemplateListing.Listed) listing).templates();
    }
}
