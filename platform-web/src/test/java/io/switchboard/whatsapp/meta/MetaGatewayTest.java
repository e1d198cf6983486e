package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.switchboard.channels.Channel;
import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.MessageTemplate.Place;
import io.switchboard.channels.MessageTemplate.Variable;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.world.FakeMeta;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetaGatewayTest extends MetaTest {

    @Autowired
    MetaGateway gateway;

    Line line;
    TenantId tenant;
    Channel channel;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
        tenant = line.owner().tenant().id();
        channel = storedChannel(line.owner(), line.channelId());
    }

    @Test
    void sends_what_the_cloud_api_asks_for() {
        SendResult result = send("4915550001");

        FakeMeta.Send sent = line.number().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.messageId()));
        assertThat(sent.version()).isEqualTo("v26.0");
        assertThat(sent.authorization()).isEqualTo("Bearer " + ACCESS_TOKEN);
        assertThat(sent.body()).isEqualTo(JsonMapper.shared().readTree("""
                {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "4915550001", "type": "text",
                 "text": {"body": "We open at ten. 🙂", "preview_url": false}, "biz_opaque_callback_data": "reply:1"}
                """));
    }

    @Test
    void addresses_a_customer_without_a_phone_by_their_user_id() {
        send("DE.13491208655302741918");

        assertThat(line.number().requests()).singleElement().satisfies(sent -> {
            assertThat(sent.body().path("recipient").asString()).isEqualTo("DE.13491208655302741918");
            assertThat(sent.body().has("to")).isFalse();
        });
    }

    @Test
    void sends_a_template_by_its_name_with_a_value_for_every_variable() {
        SendResult result = gateway.sendTemplate(
                tenant,
                channel,
                new OutboundTemplate(
                        message("4915550001"),
                        new FilledTemplate(
                                "order_ready",
                                "en_US",
                                List.of(
                                        value(Place.HEADER, 0, "1", "A-17"),
                                        value(Place.BODY, 0, "1", "nine"),
                                        value(Place.BODY, 0, "2", "Ann"),
                                        value(Place.BUTTON, 1, "1", "x1")))));

        FakeMeta.Send sent = line.number().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.messageId()));
        assertThat(sent.body()).isEqualTo(JsonMapper.shared().readTree("""
                {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "4915550001", "type": "template",
                 "template": {"name": "order_ready", "language": {"code": "en_US"}, "components": [
                   {"type": "header", "parameters": [{"type": "text", "text": "A-17"}]},
                   {"type": "body", "parameters": [{"type": "text", "text": "nine"}, {"type": "text", "text": "Ann"}]},
                   {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "x1"}]}]},
                 "biz_opaque_callback_data": "reply:1"}
                """));
    }

    @Test
    void names_the_variables_of_a_template_that_have_names() {
        gateway.sendTemplate(
                tenant,
                channel,
                new OutboundTemplate(
                        message("4915550001"),
                        new FilledTemplate("hello", "de", List.of(value(Place.BODY, 0, "first_name", "Ann")))));

        assertThat(line.number().requests().getFirst().body().path("template").path("components"))
                .isEqualTo(JsonMapper.shared().readTree("""
                        [{"type": "body", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Ann"}]}]
                        """));
    }

    @Test
    void sends_a_template_without_variables_without_components() {
        gateway.sendTemplate(
                tenant,
                channel,
                new OutboundTemplate(message("4915550001"), new FilledTemplate("hello", "de", List.of())));

        assertThat(line.number().requests().getFirst().body().path("template"))
                .isEqualTo(JsonMapper.shared().readTree("{\"name\": \"hello\", \"language\": {\"code\": \"de\"}}"));
    }

    @Test
    void sends_choices_as_reply_buttons() {
        OutboundChoices choices = choices("Prices", "Opening hours");

        assertThat(gateway.showsChoices(choices)).isTrue();
        gateway.sendChoices(tenant, channel, choices);

        assertThat(line.number().requests().getFirst().body())
                .isEqualTo(JsonMapper.shared().readTree("""
                {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "4915550001", "type": "interactive",
                 "interactive": {"type": "button", "body": {"text": "We open at ten. 🙂"}, "action": {"buttons": [
                   {"type": "reply", "reply": {"id": "choice-1", "title": "Prices"}},
                   {"type": "reply", "reply": {"id": "choice-2", "title": "Opening hours"}}]}},
                 "biz_opaque_callback_data": "reply:1"}
                """));
    }

    @Test
    void sends_more_choices_as_a_list_with_their_whole_text_below_a_short_title() {
        OutboundChoices choices =
                choices("Prices", "Opening hours", "Which rooms have steps and no lift?", "Is the café open?");

        assertThat(gateway.showsChoices(choices)).isTrue();
        assertThat(gateway.sendChoices(tenant, channel, choices)).isInstanceOf(SendResult.Accepted.class);

        assertThat(line.number().requests().getFirst().body())
                .isEqualTo(JsonMapper.shared().readTree("""
                {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "4915550001", "type": "interactive",
                 "interactive": {"type": "list", "body": {"text": "We open at ten. 🙂"}, "action": {
                   "button": "See suggestions", "sections": [{"rows": [
                     {"id": "choice-1", "title": "Prices"},
                     {"id": "choice-2", "title": "Opening hours"},
                     {"id": "choice-3", "title": "Which rooms have steps…", "description": "Which rooms have steps and no lift?"},
                     {"id": "choice-4", "title": "Is the café open?"}]}]}},
                 "biz_opaque_callback_data": "reply:1"}
                """));
    }

    @Test
    void sends_what_is_too_long_for_a_button_as_a_list() {
        gateway.sendChoices(tenant, channel, choices("Twenty-one characters"));

        assertThat(line.number()
                        .delivered()
                        .getFirst()
                        .body()
                        .path("interactive")
                        .path("type")
                        .asString())
                .isEqualTo("list");
    }

    @Test
    void cuts_no_character_in_half() {
        gateway.sendChoices(tenant, channel, choices("Where is the big red " + "🦞".repeat(10)));

        JsonNode row = line.number().delivered().getFirst().body().at("/interactive/action/sections/0/rows/0");
        assertThat(row.path("title").asString()).isEqualTo("Where is the big red 🦞…");
    }

    @ParameterizedTest
    @MethodSource("refusedChoices")
    void shows_no_choices_that_meta_would_refuse(String text, List<String> choices) {
        OutboundChoices refused = new OutboundChoices(
                new OutboundText(ReplyId.next(), "reply:1", "4915550001", text), choices, "See suggestions");

        assertThat(gateway.showsChoices(refused)).isFalse();
        assertThat(gateway.sendChoices(tenant, channel, refused))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("131009"));
    }

    static Stream<Arguments> refusedChoices() {
        return Stream.of(
                Arguments.of("x".repeat(1025), List.of("Prices")),
                Arguments.of("x".repeat(1025), List.of("One", "Two", "Three", "Four")),
                Arguments.of("Hello", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")),
                Arguments.of("Hello", List.of("x".repeat(73))),
                Arguments.of(
                        "Hello", List.of("How much is a ticket for a child?", "How much is a ticket for a student?")));
    }

    private static OutboundChoices choices(String... texts) {
        return new OutboundChoices(message("4915550001"), List.of(texts), "See suggestions");
    }

    private static FilledTemplate.Value value(Place place, int button, String name, String text) {
        return new FilledTemplate.Value(new Variable(place, button, name), text);
    }

    @ParameterizedTest
    @CsvSource({
        "503, 2, Throttled",
        "400, 4, Throttled",
        "400, 80007, Throttled",
        "400, 130429, Throttled",
        "500, 131000, Throttled",
        "400, 131016, Throttled",
        "400, 131057, Throttled",
        "400, 131053, Throttled",
        "400, 131056, Throttled",
        "400, 1, Throttled",
        "500, 987654, Throttled",
        "429, 987654, Throttled",
        "401, 190, ChannelStopped",
        "401, 0, ChannelStopped",
        "400, 3, ChannelStopped",
        "400, 10, ChannelStopped",
        "403, 200, ChannelStopped",
        "403, 299, ChannelStopped",
        "403, 131005, ChannelStopped",
        "400, 131031, ChannelStopped",
        "400, 131042, ChannelStopped",
        "400, 131045, ChannelStopped",
        "400, 133010, ChannelStopped",
        "403, 368, ChannelStopped",
        "403, 130497, ChannelStopped",
        "400, 131048, ChannelStopped",
        "400, 131064, ChannelStopped",
        "400, 133016, ChannelStopped",
        "401, 987654, ChannelStopped",
        "400, 131047, Rejected",
        "400, 100, Rejected",
        "400, 33, Rejected",
        "400, 131008, Rejected",
        "400, 131009, Rejected",
        "400, 131021, Rejected",
        "400, 131026, Rejected",
        "400, 131030, Rejected",
        "400, 131037, Rejected",
        "400, 131049, Rejected",
        "400, 131050, Rejected",
        "400, 131051, Rejected",
        "400, 131062, Rejected",
        "400, 131063, Rejected",
        "400, 130472, Rejected",
        "400, 132000, Rejected",
        "400, 132015, Rejected",
        "400, 137000, Rejected",
        "400, 987654, Rejected",
        "429, 131026, Rejected",
        "500, 131026, Rejected",
        "429, 132000, Rejected",
        "500, 132000, Rejected",
        "400, 190, ChannelStopped",
        "429, 190, ChannelStopped",
        "500, 190, ChannelStopped",
        "429, 130429, Throttled",
        "500, 130429, Throttled",
    })
    void decides_by_metas_code(int httpStatus, int code, String expected) {
        line.number().script(FakeMeta.Answer.error(httpStatus, code));

        SendResult result = send("4915550001");

        assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(result.toString()).contains(Integer.toString(code));
        assertThat(line.number().delivered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, Throttled",
        "502, Throttled",
        "503, Throttled",
        "429, Throttled",
        "504, Unclear",
        "401, ChannelStopped",
        "404, Rejected",
        "302, Rejected",
        "200, Unclear",
    })
    void decides_by_the_http_status_where_it_was_not_meta_that_answered(int httpStatus, String expected) {
        line.number().script(new FakeMeta.Answer.Refuse(httpStatus, "<html>gateway</html>"));

        assertThat(send("4915550001").getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void repeats_what_meta_does_not_know_either_once_only() {
        line.number().script(FakeMeta.Answer.error(400, 1), FakeMeta.Answer.error(400, 2));

        assertThat(((SendResult.Throttled) send("4915550001")).repeat()).isEqualTo(Repeat.ONCE);
        assertThat(((SendResult.Throttled) send("4915550001")).repeat()).isEqualTo(Repeat.DOUBLING);
    }

    @Test
    void spares_a_customer_longer_each_time_meta_says_that_they_got_too_much() {
        line.number().script(FakeMeta.Answer.error(400, 131056));

        assertThat(((SendResult.Throttled) send("4915550001")).repeat()).isEqualTo(Repeat.QUADRUPLING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "soon | ",
            })
    void reads_when_to_come_again(String header, Duration expected) throws IOException {
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", header);
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        busy.start();
        try {
            MetaGateway toldToWait =
                    gatewayTo("http://127.0.0.1:" + busy.getAddress().getPort());

            SendResult result = toldToWait.send(tenant, channel, message("4915550001"));

            assertThat(((SendResult.Throttled) result).retryAfter()).isEqualTo(Optional.ofNullable(expected));
        } finally {
            busy.stop(0);
        }
    }

    private MetaGateway gatewayTo(String address) {
        MetaSettings settings = new MetaSettings(address, "v26.0", 80, Duration.ofSeconds(6));
        return new MetaGateway(channels, settings, new GraphApi(settings, JsonMapper.shared()));
    }

    @Test
    void believes_meta_that_an_error_passes() {
        line.number()
                .script(new FakeMeta.Answer.Refuse(
                        400, "{\"error\": {\"code\": 987654, \"is_transient\": true, \"message\": \"soon\"}}"));

        assertThat(send("4915550001")).isInstanceOf(SendResult.Throttled.class);
    }

    @Test
    void never_repeats_a_send_by_itself() {
        line.number().script(new FakeMeta.Answer.Refuse(503, ""), new FakeMeta.Answer.AcceptAndBreak());

        assertThat(send("4915550001")).isInstanceOf(SendResult.Throttled.class);
        assertThat(send("4915550001")).isInstanceOf(SendResult.Unclear.class);

        assertThat(line.number().requests()).hasSize(2);
    }

    @Test
    void does_not_know_what_became_of_a_send_without_an_answer() {
        line.number().script(new FakeMeta.Answer.AcceptAndHang());

        assertThat(send("4915550001")).isInstanceOf(SendResult.Unclear.class);

        assertThat(line.number().delivered()).hasSize(1);
    }

    @Test
    void waits_for_a_slow_answer() {
        line.number().script(new FakeMeta.Answer.Accept(Duration.ofSeconds(2)));

        assertThat(send("4915550001")).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    void knows_that_nothing_was_sent_where_nobody_listens() throws IOException {
        MetaGateway nowhere = gatewayTo("http://127.0.0.1:" + freePort());

        SendResult result = nowhere.send(tenant, channel, message("4915550001"));

        assertThat(result).isInstanceOf(SendResult.Throttled.class);
    }

    @Test
    void repeats_no_token_that_meta_quotes() {
        line.number()
                .script(new FakeMeta.Answer.Refuse(
                        401,
                        "{\"error\": {\"code\": 190, \"message\": \"Malformed access token " + ACCESS_TOKEN + "\"}}"));

        assertThat(send("4915550001").toString()).contains("190").doesNotContain(ACCESS_TOKEN);
    }

    private SendResult send(String to) {
        return gateway.send(tenant, channel, message(to));
    }

    private static OutboundText message(String to) {
        return new OutboundText(ReplyId.next(), "reply:1", to, "We open at ten. 🙂");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
