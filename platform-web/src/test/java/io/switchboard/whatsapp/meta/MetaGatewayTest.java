package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.world.FakeMeta;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class MetaGatewayTest extends MetaTest {

    @Autowired
    MetaGateway gateway;

    @Autowired
    ChannelService channels;

    Line line;
    TenantId tenant;
    Channel channel;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
        tenant = line.owner().tenant().id();
        channel = channels.find(tenant, new ChannelId(UUID.fromString(line.channelId())))
                .orElseThrow();
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

    @ParameterizedTest
    @CsvSource({
        "400, 130429, Throttled",
        "400, 131056, Throttled",
        "503, 2, Throttled",
        "500, 131000, Throttled",
        "400, 131016, Throttled",
        "400, 4, Throttled",
        "400, 80007, Throttled",
        "500, 987654, Throttled",
        "401, 190, ChannelStopped",
        "401, 0, ChannelStopped",
        "403, 368, ChannelStopped",
        "400, 131031, ChannelStopped",
        "400, 131042, ChannelStopped",
        "400, 10, ChannelStopped",
        "403, 200, ChannelStopped",
        "400, 131048, ChannelStopped",
        "400, 131045, ChannelStopped",
        "400, 131026, Rejected",
        "400, 131047, Rejected",
        "400, 100, Rejected",
        "400, 131030, Rejected",
        "400, 131049, Rejected",
        "400, 132000, Rejected",
        "400, 987654, Rejected",
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
        MetaSettings nowhere = new MetaSettings("http://127.0.0.1:" + freePort(), "v26.0");

        SendResult result =
                new MetaGateway(channels, nowhere, JsonMapper.shared()).send(tenant, channel, message("4915550001"));

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
