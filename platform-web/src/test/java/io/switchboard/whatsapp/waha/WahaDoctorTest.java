package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.channels.Channel;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.State;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.whatsapp.FrontDoors;
import io.switchboard.whatsapp.MissedMessages;
import io.switchboard.world.FakeTwilio;
import io.switchboard.world.FakeWaha.Session.Manners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Bug classes "dead session, all green" and "never subscribed", and what else keeps a session of WAHA from working. */
class WahaDoctorTest extends WahaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "4915550001@c.us";

    @Autowired
    WahaApi api;

    @Autowired
    WahaSessions sessions;

    @Autowired
    WahaCatchUp catchUp;

    @Autowired
    MissedMessages missed;

    private Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
        line.session().config(sound());
    }

    @Test
    void finds_a_healthy_session_healthy() {
        List<Finding> findings = examine();

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.state()).as(finding.toString()).isEqualTo(State.OK));
        assertThat(findings.stream().map(Finding::step))
                .containsExactly(Step.TOKEN, Step.SESSION, Step.SUBSCRIPTION, Step.DELIVERIES, Step.FRONT_DOOR);
        assertThat(of(Step.SESSION, findings).sentence()).contains("works as 4930123456");
        assertThat(findings.toString()).doesNotContain(API_KEY, HMAC_KEY);
    }

    @Test
    void names_a_key_that_waha_does_not_accept() {
        line.session().manners(Manners.LOCKED);

        Finding token = of(Step.TOKEN, examine());

        assertThat(token.state()).isEqualTo(State.FAILED);
        assertThat(token.sentence()).contains("does not accept the API key");
        assertThat(token.remedy()).contains("WAHA_API_KEY");
    }

    @Test
    void names_a_session_that_waha_does_not_have() {
        line.session().manners(Manners.GONE);

        List<Finding> findings = examine();

        assertThat(of(Step.TOKEN, findings).state()).isEqualTo(State.OK);
        assertThat(of(Step.SESSION, findings).sentence())
                .contains("no session named " + line.webhook().session());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "ANOTHER"})
    void names_an_address_where_no_waha_is(String address) {
        String there = address.equals("ANOTHER") ? FakeTwilio.shared().baseUrl() : address;
        line = newLine(line.owner(), "session-" + UUID.randomUUID(), there);

        Finding token = of(Step.TOKEN, examine());

        assertThat(token.state()).isEqualTo(State.FAILED);
        assertThat(token.sentence()).contains("does not answer at " + there);
    }

    @ParameterizedTest
    @CsvSource({
        "SCAN_QR_CODE, FAILED, paired with no telephone",
        "STARTING, WARNING, is starting",
        "PASSKEY_REQUIRED, FAILED, WAHA says PASSKEY_REQUIRED"
    })
    void says_in_what_state_the_session_is(String status, State state, String words) {
        line.session().status(status);

        Finding session = of(Step.SESSION, examine());

        assertThat(session.state()).isEqualTo(state);
        assertThat(session.sentence()).contains(words);
        assertThat(session.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"STOPPED, was stopped", "FAILED, was broken down"})
    void starts_a_session_that_stands_still(String status, String words) {
        line.session().status(status);

        Finding session = of(Step.SESSION, examine());

        assertThat(session.state()).as(session.toString()).isEqualTo(State.OK);
        assertThat(session.sentence()).contains(words, "started it just now");
        assertThat(of(Step.SESSION, examine()).sentence()).contains("works as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOPPED", "FAILED"})
    void says_so_where_the_session_does_not_stay_up_or_may_not_be_started(String status) {
        line.session().status(status);
        line.session().onceStarted("FAILED");
        assertThat(of(Step.SESSION, examine()).sentence()).contains("does not stay up");

        line.session().status(status);
        line.session().manners(Manners.GUARDED);
        assertThat(of(Step.SESSION, examine()).sentence()).contains("WAHA did not start it for us");
    }

    @Test
    void asks_for_a_scan_where_a_started_session_wants_one() {
        line.session().status("STOPPED");
        line.session().onceStarted("SCAN_QR_CODE");

        Finding session = of(Step.SESSION, examine());

        assertThat(session.state()).isEqualTo(State.FAILED);
        assertThat(session.remedy()).contains("Linked devices");
    }

    @ParameterizedTest
    @DisplayName("never subscribed: a webhook that is missing, unsigned or without the needed events is put right")
    @ValueSource(
            strings = {
                "{}",
                "{\"webhooks\":null}",
                "{\"webhooks\":[{\"url\":\"https://elsewhere.example/hook\",\"events\":[\"message\"]}]}",
                "{\"webhooks\":[{\"url\":\"OURS\",\"events\":[\"*\"],\"hmac\":null}]}",
                "{\"webhooks\":[{\"url\":\"OURS\",\"events\":[\"*\"],\"hmac\":{\"key\":\"another\"}}]}",
                "{\"webhooks\":[{\"url\":\"OURS\",\"events\":[\"message\"],\"hmac\":{\"key\":\"KEY\"}}],\"metadata\":{\"a\":\"b\"}}",
                "{\"webhooks\":[{\"url\":\"OURS\",\"events\":\"message\",\"hmac\":{\"key\":\"KEY\"}}]}"
            })
    void enters_a_webhook_that_is_missing_or_wrong(String config) {
        line.session().config(config.replace("OURS", address()).replace("KEY", HMAC_KEY));

        Finding subscription = of(Step.SUBSCRIPTION, examine());

        assertThat(subscription.state()).as(subscription.toString()).isEqualTo(State.OK);
        assertThat(subscription.sentence()).contains("put that right just now");
        JsonNode hooks = line.session().config().path("webhooks");
        assertThat(hooks.valueStream()
                        .filter(hook -> hook.path("url").asString().equals(address())))
                .singleElement()
                .satisfies(hook -> {
                    assertThat(hook.path("hmac").path("key").asString()).isEqualTo(HMAC_KEY);
                    assertThat(hook.path("events").valueStream().map(JsonNode::asString))
                            .containsExactlyElementsOf(WahaHook.EVENTS);
                });
        assertThat(hooks.toString().contains("elsewhere.example")).isEqualTo(config.contains("elsewhere.example"));
        assertThat(line.session().config().path("metadata").path("a").asString(""))
                .isEqualTo(config.contains("metadata") ? "b" : "");
        assertThat(of(Step.SUBSCRIPTION, examine()).sentence()).contains("all events that we need");
    }

    @Test
    void says_what_to_enter_where_it_may_not() {
        line.session().config("{}");
        line.session().manners(Manners.GUARDED);

        Finding subscription = of(Step.SUBSCRIPTION, examine());

        assertThat(subscription.state()).isEqualTo(State.FAILED);
        assertThat(subscription.remedy()).contains(address(), "message.ack", "session.status");
    }

    /** Class "dead session, all green": waha#2151, #1931, #925, #1717, #2073. */
    @Test
    void raises_the_alarm_when_a_session_says_that_it_works_and_is_silent() {
        line.session().holds(CUSTOMER, false, "3EB0A1", "Is anybody there?", Instant.now());
        awaitDeliveries(State.WARNING, "had not delivered");

        line.session().holds(CUSTOMER, false, "3EB0A2", "Hello?", Instant.now());
        awaitDeliveries(State.FAILED, "is silent");

        line.webhook().text("3EB0A3", CUSTOMER, "At last");
        awaitDeliveries(State.OK, "no message that it did not deliver");
    }

    @Test
    void tells_by_the_api_what_the_deliveries_were_that_nobody_made() {
        line.session().holds(CUSTOMER, false, "3EB0A1", "Is anybody there?", Instant.now());
        examine();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(line.owner()
                                .api()
                                .get("/api/v1/channels/" + line.channelId() + "/deliveries?outcome=FETCHED")
                                .json()
                                .path("items"))
                        .hasSize(1));
    }

    @Test
    void does_not_show_another_tenants_session() {
        line.session().status("SCAN_QR_CODE");
        ApiClient.Reply report = line.owner().api().post("/api/v1/channels/" + line.channelId() + "/check", Map.of());
        assertThat(report.toString()).contains("\"session\"", "FAILED");

        assertThat(newTenant()
                        .api()
                        .post("/api/v1/channels/" + line.channelId() + "/check", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private void awaitDeliveries(State state, String words) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Finding deliveries = of(Step.DELIVERIES, examine());
            assertThat(deliveries.state()).as(deliveries.toString()).isEqualTo(state);
            assertThat(deliveries.sentence()).contains(words);
        });
    }

    private String sound() {
        return "{\"webhooks\":[{\"url\":\"" + address() + "\",\"events\":[\"*\"],\"hmac\":{\"key\":\"" + HMAC_KEY
                + "\"}}]}";
    }

    private String address() {
        return "http://localhost:" + port + line.webhook().path();
    }

    /** As the program does that is reached under the address of this test. */
    private List<Finding> examine() {
        return new WahaDoctor(api, sessions, catchUp, FrontDoors.at(port), missed)
                .examine(line.owner().tenant().id(), stored());
    }

    private Channel stored() {
        return storedChannel(line.owner(), line.channelId());
    }

    private static Finding of(Step step, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.step() == step)
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings.toString()));
    }
}
