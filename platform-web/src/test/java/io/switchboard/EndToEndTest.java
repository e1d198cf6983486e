package io.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.world.FakeMeta;
import io.switchboard.world.MetaLine;
import io.switchboard.world.MetaNumber;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The main job over HTTP alone: an organisation uploads, a customer asks on WhatsApp, and reads an answer with its source. */
class EndToEndTest extends WebTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String HANDBOOK = "visitor-handbook.pdf";
    private static final String REFUSAL = "Please ask at the front desk.";
    private static final String SPENT = "We have answered all we can this month.";

    @DynamicPropertySource
    static void sendToTheStandIn(DynamicPropertyRegistry registry) {
        registry.add("switchboard.meta.base-url", FakeMeta.shared()::baseUrl);
    }

    @Test
    void answers_a_customer_from_an_uploaded_document_exactly_once() throws Exception {
        Museum museum = openMuseum("standard");
        byte[] delivery = museum.line()
                .text("wamid." + UUID.randomUUID(), "491555000001", "When is the museum open on Sundays?", now());

        assertThat(deliver(museum.line(), delivery)).isEqualTo(200);
        FakeMeta.Send reply = awaitReplies(museum, 1).getFirst();
        assertThat(deliver(museum.line(), delivery)).isEqualTo(200);

        assertThat(reply.to()).isEqualTo("491555000001");
        assertThat(reply.text()).contains("Sunday").containsIgnoringCase("handbook");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> replies(museum).size() == 1);
        assertThat(thread(museum))
                .extracting(message -> message.path("direction").asString())
                .containsExactly("IN", "OUT");
    }

    @Test
    void answers_a_delivery_that_somebody_else_wrote_down() throws Exception {
        Path fixtures = Path.of(System.getProperty("switchboard.fixtures", "../../shared/fixtures"));
        Path recorded = fixtures.resolve("cloud-api").resolve("sig-pywa-body.json");
        Assumptions.assumeTrue(Files.exists(recorded), "no recorded deliveries beside the project");
        Museum museum = openMuseum("standard");
        ObjectNode delivery = (ObjectNode) JSON.readTree(Files.readString(recorded));
        ((ObjectNode) delivery.at("/entry/0/changes/0/value/metadata"))
                .put("phone_number_id", museum.line().phoneNumberId());
        byte[] body = JSON.writeValueAsBytes(delivery);

        assertThat(deliver(museum.line(), body)).isEqualTo(200);
        awaitReplies(museum, 1);
        assertThat(deliver(museum.line(), body)).isEqualTo(200);

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> replies(museum).size() == 1);
        assertThat(replies(museum).getFirst().to()).isEqualTo("972544401243");
    }

    @Test
    void refuses_what_only_another_tenants_documents_say() throws Exception {
        Museum museum = openMuseum("standard");
        SignedInOwner other = newTenant();
        String otherBot = bot(other.api(), knowledgeBase(other.api()));

        JsonNode theirs = ask(other.api(), otherBot, "When is the museum open on Sundays?");
        JsonNode ours = ask(museum.api(), museum.bot(), "When is the museum open on Sundays?");

        assertThat(ours.path("outcome").asString()).isEqualTo("ANSWERED");
        assertThat(ours.path("citations").get(0).path("document").asString()).isEqualTo(HANDBOOK);
        assertThat(theirs.path("outcome").asString()).isEqualTo("NO_ANSWER");
        assertThat(theirs.path("answer").asString()).isEqualTo(REFUSAL);
        for (String path : List.of(
                "/api/v1/knowledge-bases/" + museum.knowledgeBase(),
                "/api/v1/documents/" + museum.document(),
                "/api/v1/documents/" + museum.document() + "/chunks",
                "/api/v1/bots/" + museum.bot(),
                "/api/v1/channels/" + museum.channel())) {
            assertThat(other.api().get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(other.api()
                        .post("/api/v1/bots/" + museum.bot() + "/ask", Map.of("question", "When are you open?"))
                        .status())
                .isEqualTo(404);
        assertThat(other.api().delete("/api/v1/documents/" + museum.document()).status())
                .isEqualTo(404);
    }

    @Test
    void answers_three_of_twenty_customers_on_a_plan_of_three() throws Exception {
        String plan = "three-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(newOperator()
                        .put("/api/v1/plans/" + plan, Map.of("answersPerMonth", 3))
                        .status())
                .isEqualTo(200);
        Museum museum = openMuseum(plan);

        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int customer = 0; customer < 20; customer++) {
                String number = "4915550001" + (10 + customer);
                customers.execute(() -> deliver(
                        museum.line(),
                        museum.line()
                                .text(
                                        "wamid." + UUID.randomUUID(),
                                        number,
                                        "When is the museum open on Sundays?",
                                        now())));
            }
        }

        List<FakeMeta.Send> replies = awaitReplies(museum, 20);
        assertThat(replies).extracting(FakeMeta.Send::to).doesNotHaveDuplicates();
        assertThat(replies).filteredOn(reply -> reply.text().equals(SPENT)).hasSize(17);
        JsonNode usage = museum.api().get("/api/v1/usage").json();
        assertThat(usage.path("used").asLong()).isEqualTo(3);
        assertThat(usage.path("reserved").asLong()).isZero();
        assertThat(usage.path("spent").asBoolean()).isTrue();
        assertThat(ask(museum.api(), museum.bot(), "When is the museum open on Sundays?")
                        .path("outcome")
                        .asString())
                .isEqualTo("BUDGET_SPENT");
    }

    /** A tenant with a READY handbook, a bot that answers each message on its own, and a number. */
    private record Museum(
            ApiClient api, String knowledgeBase, String document, String bot, String channel, MetaLine line) {}

    /** By API alone, from the operator down. */
    private Museum openMuseum(String plan) throws IOException {
        String slug = "museum-" + UUID.randomUUID().toString().substring(0, 8);
        String email = address("owner").value();
        ApiClient.Reply tenant = newOperator()
                .post(
                        "/api/v1/tenants",
                        Map.of(
                                "name",
                                "Harbour Museum",
                                "slug",
                                slug,
                                "plan",
                                plan,
                                "owner",
                                Map.of("email", email, "password", PASSWORD)));
        assertThat(tenant.status()).as(tenant.toString()).isEqualTo(201);
        ApiClient api = anonymous()
                .withToken(anonymous()
                        .post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD))
                        .text("accessToken"));
        String knowledgeBase = knowledgeBase(api);
        String document = uploadHandbook(api, knowledgeBase);
        String bot = bot(api, knowledgeBase);
        MetaNumber number = MetaNumber.next();
        ApiClient.Reply channel = api.post("/api/v1/channels", number.channel(bot));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
        URI webhook = URI.create("http://127.0.0.1:" + port
                + URI.create(channel.text("webhookUrl")).getPath());
        return new Museum(
                api,
                knowledgeBase,
                document,
                bot,
                channel.text("id"),
                new MetaLine(webhook, number.phoneNumberId(), number.appSecret()));
    }

    private static String knowledgeBase(ApiClient api) {
        ApiClient.Reply created = api.post("/api/v1/knowledge-bases", Map.of("name", "Handbook", "language", "en"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("id");
    }

    private static String uploadHandbook(ApiClient api, String knowledgeBase) throws IOException {
        byte[] handbook;
        try (InputStream content = EndToEndTest.class.getResourceAsStream("/demo/harbour/" + HANDBOOK)) {
            handbook = content.readAllBytes();
        }
        ApiClient.Reply accepted = api.upload(
                "/api/v1/knowledge-bases/" + knowledgeBase + "/documents", HANDBOOK, "application/pdf", handbook);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String document = accepted.text("id");
        await().atMost(PATIENCE)
                .until(
                        () -> api.get("/api/v1/documents/" + document).text("status"),
                        status -> Stream.of("READY", "FAILED").anyMatch(status::equals));
        assertThat(api.get("/api/v1/documents/" + document).text("status")).isEqualTo("READY");
        return document;
    }

    private static String bot(ApiClient api, String knowledgeBase) {
        Map<String, Object> bot = new HashMap<>(Map.of(
                "name",
                "Front desk",
                "knowledgeBaseIds",
                List.of(knowledgeBase),
                "instructions",
                "",
                "refusal",
                REFUSAL,
                "budgetSpent",
                SPENT,
                "mergeWaitMillis",
                0));
        ApiClient.Reply created = api.post("/api/v1/bots", bot);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("id");
    }

    private static JsonNode ask(ApiClient api, String bot, String question) {
        ApiClient.Reply reply = api.post("/api/v1/bots/" + bot + "/ask", Map.of("question", question));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static int deliver(MetaLine line, byte[] body) {
        return new ApiClient(line.webhook().getPort())
                .withHeader("X-Hub-Signature-256", line.signature(body).get("X-Hub-Signature-256"))
                .send("POST", line.webhook().getPath(), "application/json", body)
                .status();
    }

    private static List<FakeMeta.Send> replies(Museum museum) {
        return FakeMeta.shared().number(museum.line().phoneNumberId()).delivered();
    }

    private static List<FakeMeta.Send> awaitReplies(Museum museum, int count) {
        await().atMost(PATIENCE).until(() -> replies(museum).size() >= count);
        return replies(museum);
    }

    private static List<JsonNode> thread(Museum museum) {
        String conversation = museum.api().get("/api/v1/conversations").text("/items/0/id");
        return museum.api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
