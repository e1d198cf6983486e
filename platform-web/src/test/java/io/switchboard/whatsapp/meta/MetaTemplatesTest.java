package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.channels.Channel;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Status;
import io.switchboard.channels.TemplateListing;
import io.switchboard.permissions.Role;
import io.switchboard.world.FakeGraph;
import io.switchboard.world.FakeMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Templates from Meta's list over our API to a customer. */
class MetaTemplatesTest extends MetaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "4915550001";

    @Autowired
    MetaTemplates templates;

    private final UUID request = UUID.randomUUID();

    private Line line;
    private FakeGraph.Account account;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
        account = FakeMeta.shared().graph().accountOf(line.webhook().phoneNumberId());
    }

    @Test
    void reads_what_sending_needs() {
        account.addTemplate(orderReady());

        assertThat(listed())
                .containsExactly(new MessageTemplate(
                        "order_ready",
                        "en_US",
                        "UTILITY",
                        Status.APPROVED,
                        "Order {{1}}",
                        "Hello {{2}}, your order is ready at {{1}}.",
                        "Harbour Museum",
                        List.of(
                                new MessageTemplate.Button("Thanks", null),
                                new MessageTemplate.Button("Track it", "https://shop.example/t/{{1}}")),
                        null));
    }

    @Test
    void reads_all_pages() {
        for (int i = 0; i < 230; i++) {
            account.addTemplate(plain("template_" + i, "APPROVED", "Text " + i));
        }

        assertThat(listed()).extracting(MessageTemplate::name).hasSize(230).doesNotHaveDuplicates();
    }

    @Test
    void knows_each_state_of_meta() {
        List<String> told =
                List.of("APPROVED", "PENDING", "IN_APPEAL", "REJECTED", "PAUSED", "DISABLED", "DELETED", "NEW");
        told.forEach(status -> account.addTemplate(plain(status.toLowerCase(Locale.ROOT), status, "Text")));

        assertThat(listed())
                .extracting(MessageTemplate::status)
                .containsExactly(
                        Status.APPROVED,
                        Status.PENDING,
                        Status.PENDING,
                        Status.REJECTED,
                        Status.PAUSED,
                        Status.DISABLED,
                        Status.DISABLED,
                        Status.DISABLED);
    }

    @Test
    void says_of_each_that_cannot_be_sent_from_here_why() {
        account.addTemplate(template(
                        "picture", "MARKETING", List.of(component("HEADER", Map.of("format", "IMAGE")), body("Look!"))))
                .addTemplate(template("code", "AUTHENTICATION", List.of(body("{{1}} is your code"))))
                .addTemplate(template("carousel", "MARKETING", List.of(body("Look!"), component("CAROUSEL", Map.of()))))
                .addTemplate(template(
                        "coupon",
                        "MARKETING",
                        List.of(
                                body("Look!"),
                                component(
                                        "BUTTONS",
                                        Map.of("buttons", List.of(Map.of("type", "COPY_CODE", "text", "Copy")))))))
                .addTemplate(template("empty", "UTILITY", List.of()));

        Map<String, String> obstacles = listed().stream()
                .collect(Collectors.toMap(MessageTemplate::name, template -> String.valueOf(template.obstacle())));
        assertThat(obstacles).hasSize(5);
        assertThat(obstacles.get("picture")).contains("is a picture");
        assertThat(obstacles.get("code")).contains("one-time codes");
        assertThat(obstacles.get("carousel")).contains("neither words nor buttons");
        assertThat(obstacles.get("coupon")).contains("has a button");
        assertThat(obstacles.get("empty")).contains("no text");
    }

    @Test
    void loses_none_because_of_another_that_nobody_can_read() {
        account.addTemplate(Map.of("name", List.of("x"), "language", 7))
                .addTemplate(Map.of("name", "No name!", "language", "en"))
                .addTemplate(Map.of("name", "odd", "language", "en", "components", "none"))
                .addTemplate(plain("welcome", "APPROVED", "Welcome!"));

        assertThat(listed()).extracting(MessageTemplate::name).containsExactly("odd", "welcome");
    }

    @Test
    void says_what_to_do_where_meta_does_not_tell_and_keeps_what_there_was() {
        account.addTemplate(plain("welcome", "APPROVED", "Welcome!"));
        assertThat(sync().status()).isEqualTo(200);
        String secret = "EAA" + UUID.randomUUID().toString().replace("-", "");
        FakeMeta.shared().graph().token(secret, new FakeGraph.Token(true, 0, List.of("whatsapp_business_messaging")));
        line.owner().api().patch("/api/v1/channels/" + line.channelId(), Map.of("accessToken", secret));

        ApiClient.Reply refused = sync();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail"))
                .contains("did not tell", "whatsapp_business_management")
                .doesNotContain(secret);
        ApiClient.Reply list = line.owner().api().get(path());
        assertThat(list.text("/items/0/name")).isEqualTo("welcome");
        assertThat(list.text("problem")).contains("whatsapp_business_management");
        assertThat(list.text("syncedAt")).isNotBlank();
    }

    @Test
    void lists_them_over_the_api_with_their_variables() {
        account.addTemplate(orderReady()).addTemplate(plain("welcome", "PAUSED", "Welcome!"));

        ApiClient.Reply synced = sync();
        ApiClient.Reply first = line.owner().api().get(path() + "?limit=1");
        ApiClient.Reply rest = line.owner().api().get(path() + "?after=" + first.text("next"));

        assertThat(synced.json().path("templates").asInt()).isEqualTo(2);
        assertThat(first.json().path("items").get(0).path("variables"))
                .isEqualTo(JsonMapper.shared().readTree("""
                [{"place": "HEADER", "button": null, "name": "1"}, {"place": "BODY", "button": null, "name": "1"},
                 {"place": "BODY", "button": null, "name": "2"}, {"place": "BUTTON", "button": 1, "name": "1"}]
                """));
        assertThat(first.text("/items/0/buttons/1")).isEqualTo("Track it");
        assertThat(rest.text("/items/0/status")).isEqualTo("PAUSED");
        assertThat(line.owner().api().get("/api/v1/audit").toString()).contains("synced templates", "2 templates");
    }

    @Test
    void reach_a_customer_who_has_not_written_for_two_days() {
        account.addTemplate(orderReady());
        sync();
        String conversation = conversationOfTwoDaysAgo();

        ApiClient.Reply reply = send(conversation, "order_ready", "A-17", "nine", "Ann", "x1");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        assertThat(send(conversation, "order_ready", "A-17", "nine", "Ann", "x1")
                        .text("id"))
                .as("the same request again")
                .isEqualTo(reply.text("id"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(line.number().delivered()).hasSize(1));
        FakeMeta.Send sent = line.number().delivered().getFirst();
        assertThat(sent.to()).isEqualTo(CUSTOMER);
        assertThat(sent.body().path("template").path("name").asString()).isEqualTo("order_ready");
        JsonNode shown = messages(conversation).getLast();
        assertThat(shown.path("id").asString()).isEqualTo(reply.text("id"));
        assertThat(shown.path("text").asString())
                .isEqualTo("Order A-17\n\nHello Ann, your order is ready at nine.\n\nHarbour Museum");

        line.webhook().status(sent, "delivered");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                messages(conversation).getLast().path("status").asString())
                        .isEqualTo("DELIVERED"));
        assertThat(line.number().requests()).hasSize(1);
    }

    @Test
    void are_refused_with_a_sentence_that_says_what_to_do() {
        account.addTemplate(orderReady()).addTemplate(plain("welcome", "PAUSED", "Welcome!"));
        sync();
        String conversation = conversationOfTwoDaysAgo();

        ApiClient.Reply few = send(conversation, "order_ready", "A-17");
        assertThat(few.status()).isEqualTo(400);
        assertThat(few.text("/errors/0/field")).isEqualTo("variables");
        assertThat(few.text("/errors/0/message")).contains("4", "there are 1");
        ApiClient.Reply blank = send(conversation, "order_ready", "A-17", " ", "Ann", "x1");
        assertThat(blank.text("/errors/0/field")).isEqualTo("variables[1]");
        ApiClient.Reply paused = send(conversation, "welcome");
        assertThat(paused.status()).isEqualTo(409);
        assertThat(paused.text("detail")).contains("paused", "Choose another one");
        assertThat(send(conversation, "nothing").status()).isEqualTo(409);
        assertThat(line.number().requests()).isEmpty();
    }

    @Test
    void does_not_show_another_tenants_templates() {
        account.addTemplate(plain("welcome", "APPROVED", "Welcome!"));
        sync();
        String conversation = conversationOfTwoDaysAgo();
        ApiClient stranger = newTenant().api();
        ApiClient agent = newMember(line.owner().tenant(), Role.AGENT);

        assertThat(stranger.get(path()).status()).isEqualTo(404);
        assertThat(stranger.post(path() + "/sync", Map.of()).status()).isEqualTo(404);
        assertThat(stranger.post(
                                "/api/v1/conversations/" + conversation + "/template",
                                Map.of("name", "welcome", "language", "en"))
                        .status())
                .isEqualTo(404);
        assertThat(agent.get(path()).status()).isEqualTo(200);
        assertThat(agent.post(path() + "/sync", Map.of()).status()).isEqualTo(403);
    }

    /** The bot does not answer what is so old, so nothing else is sent. */
    private String conversationOfTwoDaysAgo() {
        line.webhook()
                .deliver(line.webhook()
                        .envelope(Map.of(
                                "messages",
                                List.of(Map.of(
                                        "from",
                                        CUSTOMER,
                                        "id",
                                        newMessageId(),
                                        "timestamp",
                                        Long.toString(Instant.now()
                                                .minus(Duration.ofDays(2))
                                                .getEpochSecond()),
                                        "type",
                                        "text",
                                        "text",
                                        Map.of("body", "When do you open?"))))));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(line.owner()
                                .api()
                                .get("/api/v1/conversations")
                                .json()
                                .path("items")
                                .size())
                        .isEqualTo(1));
        ApiClient.Reply list = line.owner().api().get("/api/v1/conversations");
        assertThat(list.json().path("items").get(0).path("held").asBoolean())
                .as("outside the window")
                .isTrue();
        return list.text("/items/0/id");
    }

    private List<JsonNode> messages(String conversation) {
        List<JsonNode> messages = new ArrayList<>();
        line.owner()
                .api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .path("items")
                .forEach(messages::add);
        return messages;
    }

    private ApiClient.Reply send(String conversation, String name, String... values) {
        return line.owner()
                .api()
                .post(
                        "/api/v1/conversations/" + conversation + "/template",
                        Map.of(
                                "name",
                                name,
                                "language",
                                name.equals("order_ready") ? "en_US" : "en",
                                "variables",
                                List.of(values),
                                "requestId",
                                request));
    }

    private ApiClient.Reply sync() {
        return line.owner().api().post(path() + "/sync", Map.of());
    }

    private String path() {
        return "/api/v1/channels/" + line.channelId() + "/templates";
    }

    private List<MessageTemplate> listed() {
        Channel channel = storedChannel(line.owner(), line.channelId());
        TemplateListing listing = templates.list(line.owner().tenant().id(), channel);
        assertThat(listing).isInstanceOf(TemplateListing.Listed.class);
        return ((TemplateListing.Listed) listing).templates();
    }

    static Map<String, Object> orderReady() {
        return Map.of(
                "name",
                "order_ready",
                "language",
                "en_US",
                "status",
                "APPROVED",
                "category",
                "UTILITY",
                "components",
                List.of(
                        component("HEADER", Map.of("format", "TEXT", "text", "Order {{1}}")),
                        body("Hello {{2}}, your order is ready at {{1}}."),
                        component("FOOTER", Map.of("text", "Harbour Museum")),
                        component(
                                "BUTTONS",
                                Map.of(
                                        "buttons",
                                        List.of(
                                                Map.of("type", "QUICK_REPLY", "text", "Thanks"),
                                                Map.of(
                                                        "type",
                                                        "URL",
                                                        "text",
                                                        "Track it",
                                                        "url",
                                                        "https://shop.example/t/{{1}}"))))));
    }

    private static Map<String, Object> plain(String name, String status, String text) {
        return Map.of(
                "name",
                name,
                "language",
                "en",
                "status",
                status,
                "category",
                "UTILITY",
                "components",
                List.of(body(text)));
    }

    private static Map<String, Object> template(String name, String category, List<Map<String, Object>> components) {
        return Map.of(
                "name", name, "language", "en", "status", "APPROVED", "category", category, "components", components);
    }

    private static Map<String, Object> body(String text) {
        return component("BODY", Map.of("text", text));
    }

    private static Map<String, Object> component(String type, Map<String, Object> more) {
        Map<String, Object> component = new HashMap<>(more);
        component.put("type", type);
        return component;
    }
}
