package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.channels.Channel;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.State;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.whatsapp.FrontDoors;
import io.switchboard.whatsapp.MissedMessages;
import io.switchboard.whatsapp.UsesFakeProviders;
import io.switchboard.world.FakeTwilio;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What keeps a sender of Twilio from working. */
class TwilioDoctorTest extends TwilioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    TwilioApi api;

    @Autowired
    TwilioCatchUp catchUp;

    @Autowired
    MissedMessages missed;

    private SignedInOwner owner;
    private String sid;
    private String number;
    private Channel channel;
    private FakeTwilio.Account account;

    @BeforeEach
    void connect() {
        owner = newTenant();
        sid = "AC" + UUID.randomUUID().toString().replace("-", "");
        number = newNumber();
        channel = connected(Map.of());
        account = FakeTwilio.shared().account(sid);
        account.token(AUTH_TOKEN);
        account.sender(number, Map.of("webhook", Map.of("callback_url", address(), "callback_method", "POST")));
    }

    @Test
    void finds_a_healthy_sender_healthy() {
        account.sender(
                number,
                Map.of(
                        "webhook",
                        Map.of("callback_url", address() + "#rc=2&rp=5xx"),
                        "properties",
                        Map.of("quality_rating", "HIGH")));

        List<Finding> findings = examine();

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.state()).as(finding.toString()).isEqualTo(State.OK));
        assertThat(findings.stream().map(Finding::step))
                .containsExactly(Step.TOKEN, Step.NUMBER, Step.CALLBACK, Step.DELIVERIES, Step.FRONT_DOOR);
        assertThat(of(Step.NUMBER, findings).sentence()).contains(number, "quality high");
        assertThat(findings.toString()).doesNotContain(AUTH_TOKEN);
    }

    @Test
    void names_a_token_that_twilio_does_not_accept() {
        account.token("another");

        List<Finding> findings = examine();

        assertThat(of(Step.TOKEN, findings).state()).isEqualTo(State.FAILED);
        assertThat(of(Step.TOKEN, findings).remedy()).contains("API key does not do");
        assertThat(findings.stream().map(Finding::step)).containsExactly(Step.TOKEN, Step.FRONT_DOOR);
    }

    @ParameterizedTest
    @CsvSource({"suspended, Full, FAILED", "closed, Full, FAILED", "active, Trial, WARNING"})
    void says_in_what_state_the_account_is(String status, String type, State state) {
        account.about(status, type);

        assertThat(of(Step.TOKEN, examine()).state()).isEqualTo(state);
    }

    @Test
    void names_a_sender_that_the_account_does_not_have() {
        number = newNumber();
        channel = connected(Map.of());

        assertThat(of(Step.NUMBER, examine()).sentence()).contains("has no WhatsApp sender " + number);
    }

    @Test
    void tells_why_a_sender_is_offline() {
        account.sender(
                number,
                Map.of(
                        "status",
                        "OFFLINE",
                        "offline_reasons",
                        List.of(Map.of("code", "63110", "message", "The number is registered elsewhere."))));

        Finding sender = of(Step.NUMBER, examine());

        assertThat(sender.state()).isEqualTo(State.FAILED);
        assertThat(sender.sentence()).contains("offline: The number is registered elsewhere.");
    }

    @Test
    void warns_of_bad_quality_and_of_the_sandbox() {
        account.sender(number, Map.of("properties", Map.of("quality_rating", "LOW")));
        assertThat(of(Step.NUMBER, examine()).state()).isEqualTo(State.WARNING);

        number = "whatsapp:+14155238886";
        channel = connected(Map.of());
        assertThat(of(Step.NUMBER, examine()).sentence()).contains("sandbox");
    }

    @Test
    void names_the_address_that_twilio_calls_in_place_of_ours() {
        account.sender(number, Map.of("webhook", Map.of("callback_url", "https://elsewhere.example/hook")));
        Finding elsewhere = of(Step.CALLBACK, examine());
        assertThat(elsewhere.state()).isEqualTo(State.FAILED);
        assertThat(elsewhere.sentence()).contains("https://elsewhere.example/hook");
        assertThat(elsewhere.remedy()).contains(address());

        account.sender(number, Map.of("webhook", Map.of()));
        assertThat(of(Step.CALLBACK, examine()).sentence()).contains("calls nobody");

        account.sender(number, Map.of("webhook", Map.of("callback_url", address(), "callback_method", "GET")));
        assertThat(of(Step.CALLBACK, examine()).sentence()).contains("HTTP GET");
    }

    @Test
    void raises_the_alarm_when_messages_have_to_be_fetched() {
        hold("One");
        awaitDeliveries(State.WARNING);

        hold("Two");
        awaitDeliveries(State.FAILED);
    }

    private void hold(String text) {
        account.received(sid, newMessageSid(), "whatsapp:+4915550001", number, text, Instant.now());
    }

    private void awaitDeliveries(State state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(of(Step.DELIVERIES, examine()).state()).isEqualTo(state));
    }

    private Channel connected(Map<String, String> more) {
        Map<String, Object> request = request(newBot(owner), sid, number);
        request.putAll(more);
        String id = owner.api().post("/api/v1/channels", request).text("id");
        return storedChannel(owner, id);
    }

    private String address() {
        return UsesFakeProviders.PUBLIC_URL + channel.webhookPath().orElseThrow();
    }

    private List<Finding> examine() {
        return new TwilioDoctor(api, catchUp, FrontDoors.behindProxy(port), missed)
                .examine(owner.tenant().id(), channel);
    }

    private static Finding of(Step step, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.step() == step)
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings.toString()));
    }
}
