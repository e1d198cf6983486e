package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.channels.Channel;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.FrontDoor;
import io.switchboard.whatsapp.FrontDoors;
import io.switchboard.world.FakeGraph;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.MetaNumber;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Bug class "never subscribed", and what else keeps a number at Meta from working. */
class MetaDoctorTest extends MetaTest {

    @Autowired
    NumberDoctor doctor;

    @Autowired
    GraphApi graphApi;

    private final FakeGraph graph = FakeMeta.shared().graph();
    private SignedInOwner owner;
    private String channel;
    private String phoneNumberId;
    private String token;

    @BeforeEach
    void connect() {
        owner = newTenant();
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Front desk", "knowledgeBaseIds", List.of()))
                .text("id");
        phoneNumberId = MetaNumber.next().phoneNumberId();
        token = "EAA" + UUID.randomUUID().toString().replace("-", "");
        channel = owner.api()
                .post("/api/v1/channels", new MetaNumber(phoneNumberId, token, APP_SECRET).channel(bot))
                .text("id");
    }

    @Test
    void finds_a_healthy_number_healthy() {
        graph.accountOf(phoneNumberId)
                .addTemplate("welcome", "APPROVED")
                .with("webhook_configuration", Map.of("application", "http://localhost:" + port + webhookPath()));

        List<Finding> findings = examine();

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.state()).as(finding.toString()).isEqualTo(Finding.State.OK));
        assertThat(findings.stream().map(Finding::step))
                .containsExactly(
                        Step.TOKEN,
                        Step.PERMISSIONS,
                        Step.NUMBER,
                        Step.SUBSCRIPTION,
                        Step.TEMPLATES,
                        Step.CALLBACK,
                        Step.FRONT_DOOR);
        assertThat(sentence(Step.NUMBER, findings)).contains("+1 555 078 3881", "quality green", "limit tier 1k");
        assertThat(findings.toString()).doesNotContain(token, APP_SECRET);
    }

    @Test
    void names_a_token_that_has_ended_and_what_to_do() {
        graph.token(token, new FakeGraph.Token(false, 1, List.of()));

        List<Finding> findings = examine();

        assertThat(of(Step.TOKEN, findings).state()).isEqualTo(Finding.State.FAILED);
        assertThat(sentence(Step.TOKEN, findings)).contains("does not accept the access token", "invalidated");
        assertThat(of(Step.TOKEN, findings).remedy()).contains("system user");
        assertThat(findings.stream().map(Finding::step)).containsExactly(Step.TOKEN, Step.FRONT_DOOR);
    }

    @Test
    void warns_before_a_token_ends() {
        long end = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
        graph.token(token, new FakeGraph.Token(true, end, FakeGraph.Token.GOOD.scopes()));

        assertThat(of(Step.TOKEN, examine()).state()).isEqualTo(Finding.State.WARNING);
    }

    @Test
    void names_a_permission_that_is_missing() {
        graph.token(token, new FakeGraph.Token(true, 0, List.of("whatsapp_business_management")));

        assertThat(sentence(Step.PERMISSIONS, examine())).contains("lacks whatsapp_business_messaging");
    }

    @Test
    void subscribes_an_account_that_delivers_to_nobody() {
        graph.accountOf(phoneNumberId).unsubscribed(true);

        List<Finding> findings = examine();

        assertThat(of(Step.SUBSCRIPTION, findings).state()).isEqualTo(Finding.State.OK);
        assertThat(sentence(Step.SUBSCRIPTION, findings)).contains("subscribed it just now");
        assertThat(graph.accountOf(phoneNumberId).isSubscribed()).isTrue();
    }

    @Test
    void says_so_where_it_may_not_subscribe() {
        graph.accountOf(phoneNumberId).unsubscribed(false);

        Finding subscription = of(Step.SUBSCRIPTION, examine());

        assertThat(subscription.state()).isEqualTo(Finding.State.FAILED);
        assertThat(subscription.remedy()).contains("whatsapp_business_management");
    }

    @Test
    void tells_what_meta_blocks_and_its_solution() {
        graph.accountOf(phoneNumberId)
                .with(
                        "entity",
                        Map.of(
                                "entity_type",
                                "PHONE_NUMBER",
                                "id",
                                phoneNumberId,
                                "can_send_message",
                                "BLOCKED",
                                "errors",
                                List.of(Map.of(
                                        "error_code",
                                        141000,
                                        "error_description",
                                        "There is no valid payment method.",
                                        "possible_solution",
                                        "Add a payment method."))));

        Finding number = of(Step.NUMBER, examine());

        assertThat(number.state()).isEqualTo(Finding.State.FAILED);
        assertThat(number.sentence()).contains("phone number", "no valid payment method");
        assertThat(number.remedy()).isEqualTo("Add a payment method.");
    }

    @Test
    void warns_of_bad_quality_and_rejected_templates() {
        graph.accountOf(phoneNumberId)
                .with("quality_rating", "RED")
                .addTemplate("offer", "REJECTED")
                .addTemplate("welcome", "APPROVED");

        List<Finding> findings = examine();

        assertThat(of(Step.NUMBER, findings).state()).isEqualTo(Finding.State.WARNING);
        assertThat(sentence(Step.TEMPLATES, findings)).contains("1 of 2", "offer (en, rejected)");
    }

    @Test
    void names_the_address_that_meta_calls_in_place_of_ours() {
        Finding callback = of(Step.CALLBACK, examine());

        assertThat(callback.state()).isEqualTo(Finding.State.FAILED);
        assertThat(callback.sentence()).contains("https://elsewhere.example/hook");
        assertThat(callback.remedy()).contains(webhookPath());
    }

    @Test
    void comes_through_the_front_door_with_a_signed_delivery() {
        URI webhook = URI.create("http://localhost:" + port + webhookPath());
        String verifyToken = stored().verifyToken();

        FrontDoor frontDoor = FrontDoors.at(port);
        Finding opened = frontDoor.tryOut(webhook, MetaKnocks.of(webhook, verifyToken, APP_SECRET));
        assertThat(opened.state()).as(opened.sentence()).isEqualTo(Finding.State.OK);
        assertThat(frontDoor.tryOut(webhook, MetaKnocks.of(webhook, verifyToken, "another secret")))
                .satisfies(finding -> assertThat(finding.sentence()).contains("HTTP 401"));
        URI nowhere = webhook.resolve("/nowhere");
        assertThat(frontDoor
                        .tryOut(nowhere, MetaKnocks.of(nowhere, "x", APP_SECRET))
                        .state())
                .isEqualTo(Finding.State.FAILED);
    }

    @Test
    void examines_by_itself_what_was_not_examined_lately() {
        graph.token(token, new FakeGraph.Token(false, 1, List.of()));
        TenantId tenant = owner.tenant().id();

        examineDue(tenant);
        assertThat(doctor.failing(tenant)).containsExactly(stored().id());

        graph.token(token, FakeGraph.Token.GOOD);
        examineDue(tenant);
        assertThat(tokenFound(tenant)).as("the next one is hours away").isEqualTo(Finding.State.FAILED);

        check();
        assertThat(tokenFound(tenant)).isEqualTo(Finding.State.OK);
        assertThat(owner.api().get("/api/v1/audit").toString()).contains("does not accept the access token");
    }

    private void examineDue(TenantId tenant) {
        doctor.due(tenant).forEach(id -> doctor.examineIfDue(tenant, id));
    }

    private Finding.State tokenFound(TenantId tenant) {
        return of(Step.TOKEN, doctor.last(tenant, stored().id()).orElseThrow().findings())
                .state();
    }

    @Test
    void does_not_show_another_tenants_examination() {
        ApiClient.Reply report = check();
        assertThat(owner.api().get("/api/v1/channels/" + channel + "/check").json())
                .isEqualTo(report.json());
        ApiClient stranger = newTenant().api();

        assertThat(stranger.get("/api/v1/channels/" + channel + "/check").status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/v1/channels/" + channel + "/check", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private ApiClient.Reply check() {
        ApiClient.Reply reply = owner.api().post("/api/v1/channels/" + channel + "/check", Map.of());
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    /** As the program does that is reached under the address of this test. */
    private List<Finding> examine() {
        return new MetaDoctor(channels, graphApi, FrontDoors.at(port), Clock.systemUTC())
                .examine(owner.tenant().id(), stored());
    }

    private Channel stored() {
        return storedChannel(owner, channel);
    }

    private String webhookPath() {
        return stored().webhookPath().orElseThrow();
    }

    private static Finding of(Step step, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.step() == step)
                .findFirst()
                .orElseThrow();
    }

    private static String sentence(Step step, List<Finding> findings) {
        return of(step, findings).sentence();
    }
}
