package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.MessageTemplate.Place;
import io.switchboard.channels.MessageTemplate.Variable;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
import io.switchboard.conversations.FileLinks;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.ChannelGatewayContract;
import io.switchboard.world.FakeTwilio;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class TwilioGatewayTest extends TwilioTest implements ChannelGatewayContract {

    private static final String CUSTOMER = "whatsapp:+4915550001";

    @Autowired
    TwilioGateway gateway;

    @Autowired
    InstallationSettings installation;

    @Autowired
    FileLinks links;

    Line line;
    TenantId tenant;
    Channel channel;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
        tenant = line.owner().tenant().id();
        channel = storedChannel(line.owner(), line.channelId());
    }

    @Test
    void sends_what_twilio_asks_for() {
        ReplyId reply = ReplyId.next();

        SendResult result =
                gateway.send(tenant, channel, new OutboundText(reply, reply + ":1", CUSTOMER, "We open at ten. 🙂"));

        FakeTwilio.Send sent = line.account().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.sid()));
        assertThat(sent.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "To",
                        CUSTOMER,
                        "From",
                        line.webhook().number(),
                        "Body",
                        "We open at ten. 🙂",
                        "StatusCallback",
                        "https://bots.example.test" + line.webhook().path() + "/status?reply=" + reply + "%3A1"));
        assertThat(new String(
                        Base64.getDecoder().decode(sent.authorization().replace("Basic ", "")), StandardCharsets.UTF_8))
                .isEqualTo(line.webhook().accountSid() + ":" + AUTH_TOKEN);
    }

    @Test
    void sends_through_a_messaging_service_where_there_is_one() {
        Map<String, Object> request = request(newBot(line.owner()), "AC17", newNumber());
        request.put("messagingServiceSid", "MG4711");
        String id = line.owner().api().post("/api/v1/channels", request).text("id");
        Channel served = storedChannel(line.owner(), id);

        gateway.send(tenant, served, new OutboundText(ReplyId.next(), "r:1", CUSTOMER, "Hello"));

        assertThat(FakeTwilio.shared().account("AC17").requests().getFirst().form())
                .containsEntry("MessagingServiceSid", "MG4711");
    }

    @Test
    void sends_a_template_by_its_sid_with_a_value_for_every_variable() {
        ReplyId reply = ReplyId.next();
        FilledTemplate template = orderReady();

        SendResult result = gateway.sendTemplate(
                tenant,
                channel,
                new OutboundTemplate(new OutboundText(reply, reply + ":1", CUSTOMER, "Hello Ann"), template));

        FakeTwilio.Send sent = line.account().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.sid()));
        assertThat(sent.form())
                .containsEntry("ContentSid", template.contentId())
                .containsEntry("ContentVariables", "{\"1\":\"Ann\",\"order\":\"\\\"A-17\\\" & more\"}")
                .containsEntry("To", CUSTOMER)
                .containsEntry("From", line.webhook().number())
                .containsKey("StatusCallback")
                .doesNotContainKey("Body");
    }

    @Test
    void refuses_a_template_that_twilio_does_not_have() {
        OutboundText message = new OutboundText(ReplyId.next(), "r:1", CUSTOMER, "Hello");
        String nobodys = "HX" + "0".repeat(32);

        assertThat(gateway.sendTemplate(
                        tenant,
                        channel,
                        new OutboundTemplate(message, new FilledTemplate("gone", "en", List.of(), nobodys))))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("21655"));
        assertThat(gateway.sendTemplate(
                        tenant, channel, new OutboundTemplate(message, new FilledTemplate("named", "en", List.of()))))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(line.account().requests()).hasSize(1);
    }

    @Test
    void tries_a_template_once_and_finds_it_where_its_outcome_is_not_clear() {
        OutboundText message = new OutboundText(
                ReplyId.next(), "r:1", CUSTOMER, "Museum shop\n\nHello Ann, order \"A-17\" & more is ready.\n\nBye");
        OutboundTemplate template = new OutboundTemplate(message, orderReady());
        Instant before = Instant.now();
        next(Weather.BUSY);

        assertThat(gateway.sendTemplate(tenant, channel, template)).isInstanceOf(SendResult.Throttled.class);
        assertThat(gateway.findSentTemplate(tenant, channel, template, before)).contains(List.of());
        next(Weather.BROKEN);
        assertThat(gateway.sendTemplate(tenant, channel, template)).isInstanceOf(SendResult.Unclear.class);
        line.account().script(new FakeTwilio.Answer.AcceptAndFail(500));
        assertThat(gateway.sendTemplate(tenant, channel, template)).isInstanceOf(SendResult.Unclear.class);

        assertThat(line.account().requests()).hasSize(3);
        assertThat(gateway.findSentTemplate(tenant, channel, template, before))
                .contains(line.account().delivered().stream()
                        .map(FakeTwilio.Send::sid)
                        .toList());
    }

    private FilledTemplate orderReady() {
        String sid = line.account()
                .contents()
                .add(
                        "order_ready",
                        "twilio/text",
                        "approved",
                        Map.of("body", "Hello {{1}}, order {{order}} is ready."));
        return new FilledTemplate(
                "order_ready",
                "en",
                List.of(
                        new FilledTemplate.Value(new Variable(Place.BODY, 0, "1"), "Ann"),
                        new FilledTemplate.Value(new Variable(Place.BODY, 0, "order"), "\"A-17\" & more")),
                sid);
    }

    @Override
    public boolean hasTemplates() {
        return true;
    }

    @Override
    public FilledTemplate template() {
        String sid = line.account().contents().add("welcome", "twilio/text", "approved", Map.of("body", "Welcome!"));
        return new FilledTemplate("welcome", "en", List.of(), sid);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 20429, Throttled",
        "400, 63017, Throttled",
        "400, 63018, Throttled",
        "429, 987654, Throttled",
        "400, 63016, Rejected",
        "400, 63003, Rejected",
        "400, 63024, Rejected",
        "400, 63005, Rejected",
        "400, 63015, Rejected",
        "400, 21610, Rejected",
        "400, 21211, Rejected",
        "400, 21614, Rejected",
        "400, 21617, Rejected",
        "404, 20404, Rejected",
        "500, 21610, Rejected",
        "400, 987654, Rejected",
        "401, 20003, ChannelStopped",
        "403, 20005, ChannelStopped",
        "400, 63007, ChannelStopped",
        "400, 63038, ChannelStopped",
        "401, 987654, ChannelStopped",
        "500, 20500, Unclear",
        "503, 987654, Unclear",
    })
    void decides_by_twilios_code(int httpStatus, int code, String expected) {
        line.account().script(FakeTwilio.Answer.error(httpStatus, code));

        SendResult result = send();

        assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(line.account().delivered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, Unclear",
        "502, Unclear",
        "503, Unclear",
        "504, Unclear",
        "429, Throttled",
        "401, ChannelStopped",
        "404, Rejected",
        "302, Rejected",
        "200, Unclear",
        "201, Unclear",
    })
    void decides_by_the_http_status_where_it_was_not_twilio_that_answered(int httpStatus, String expected) {
        line.account().script(new FakeTwilio.Answer.Refuse(httpStatus, Map.of(), "<html>gateway</html>"));

        assertThat(send().getClass().getSimpleName()).isEqualTo(expected);
        assertThat(line.account().requests()).hasSize(1);
    }

    @Test
    void waits_as_long_as_twilio_asks_and_longer_each_time_for_a_sender_at_its_limit() {
        line.account()
                .script(
                        new FakeTwilio.Answer.Refuse(429, Map.of("Retry-After", "120"), "{\"code\":20429}"),
                        FakeTwilio.Answer.error(400, 63018));

        assertThat(((SendResult.Throttled) send()).retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(((SendResult.Throttled) send()).repeat()).isEqualTo(Repeat.QUADRUPLING);
    }

    @Test
    void finds_nothing_that_others_sent_or_that_says_something_else() {
        send();
        line.account()
                .received(
                        line.webhook().accountSid(),
                        newMessageSid(),
                        CUSTOMER,
                        line.webhook().number(),
                        "We open at ten.",
                        Instant.now());

        Optional<List<String>> found = gateway.findSent(
                tenant,
                channel,
                new OutboundText(ReplyId.next(), "r:1", CUSTOMER, "We open at nine."),
                Instant.now().minusSeconds(60));

        assertThat(found).contains(List.of());
    }

    private SendResult send() {
        return gateway.send(tenant, channel, new OutboundText(ReplyId.next(), "r:1", CUSTOMER, "We open at ten."));
    }

    @Override
    public ChannelGateway gateway() {
        return gateway;
    }

    @Override
    public ChannelGateway unreachable() {
        try (ServerSocket free = new ServerSocket(0)) {
            TwilioSettings nowhere =
                    new TwilioSettings("http://127.0.0.1:" + free.getLocalPort(), 80, Duration.ofMinutes(5));
            return new TwilioGateway(new TwilioApi(channels, nowhere), nowhere, installation, links);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public TenantId tenant() {
        return tenant;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public String customer() {
        return CUSTOMER;
    }

    @Override
    public List<String> secrets() {
        return List.of(AUTH_TOKEN);
    }

    @Override
    public void next(Weather... weather) {
        for (Weather one : weather) {
            line.account()
                    .script(
                            switch (one) {
                                case BUSY -> FakeTwilio.Answer.error(429, 20429);
                                case NEVER -> FakeTwilio.Answer.error(400, 63024);
                                case LOCKED ->
                                    new FakeTwilio.Answer.Refuse(
                                            401,
                                            Map.of(),
                                            "{\"code\":20003,\"message\":\"Authenticate with " + AUTH_TOKEN + "\"}");
                                case BROKEN -> new FakeTwilio.Answer.AcceptAndBreak();
                                case SILENT -> new FakeTwilio.Answer.AcceptAndHang();
                            });
        }
    }

    @Override
    public List<String> requested() {
        return line.account().requests().stream().map(FakeTwilio.Send::text).toList();
    }

    @Override
    public List<Delivered> delivered() {
        return line.account().delivered().stream()
                .map(send -> new Delivered(send.sid(), send.text()))
                .toList();
    }

    @Override
    public boolean remembers() {
        return true;
    }
}
