package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.ReadMark;
import io.switchboard.channels.SendResult;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.ChannelGatewayContract;
import io.switchboard.world.FakeWaha;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class WahaGatewayTest extends WahaTest implements ChannelGatewayContract {

    private static final String CUSTOMER = "4915550001@c.us";
    private static final WahaSettings SETTINGS = new WahaSettings(5, Duration.ofMinutes(5));

    @Autowired
    WahaGateway gateway;

    Line line;
    TenantId tenant;
    Channel channel;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
        tenant = line.owner().tenant().id();
        channel = find(line.channelId());
    }

    @ParameterizedTest
    @CsvSource({"4915550001@c.us", "123456789@lid", "4915550001@s.whatsapp.net"})
    void sends_to_the_id_as_it_was_received(String chat) {
        SendResult result = gateway.send(tenant, channel, message(ReplyId.next(), chat));

        FakeWaha.Send sent = line.session().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.id()));
        assertThat(sent.apiKey()).isEqualTo(API_KEY);
        assertThat(sent.to()).isEqualTo(chat);
        assertThat(sent.text()).isEqualTo("We open at ten.");
        assertThat(sent.body().path("session").asString())
                .isEqualTo(line.webhook().session());
        assertThat(sent.body().path("id").asString()).isEqualTo(sent.id());
        assertThat(sent.body().path("linkPreview").asBoolean(true)).isFalse();
    }

    @Test
    void shows_that_it_read_and_types_as_people_do() {
        ReadMark mark = new ReadMark("3EB0A1", CUSTOMER, true);

        gateway.markRead(tenant, channel, mark);
        gateway.stopTyping(tenant, channel, mark);
        gateway.markRead(tenant, channel, new ReadMark("3EB0A2", CUSTOMER, false));

        assertThat(line.session().signs())
                .containsExactly(
                        "sendSeen " + CUSTOMER + " false_" + CUSTOMER + "_3EB0A1",
                        "startTyping " + CUSTOMER,
                        "stopTyping " + CUSTOMER,
                        "sendSeen " + CUSTOMER + " false_" + CUSTOMER + "_3EB0A2");
    }

    @Test
    void sends_a_reply_under_the_same_id_however_often_it_tries() {
        ReplyId reply = ReplyId.next();
        next(Weather.BROKEN);

        assertThat(gateway.send(tenant, channel, message(reply, CUSTOMER))).isInstanceOf(SendResult.Unclear.class);
        assertThat(gateway.send(tenant, channel, message(reply, CUSTOMER))).isInstanceOf(SendResult.Accepted.class);

        assertThat(line.session().requests()).hasSize(2);
        assertThat(line.session().delivered()).hasSize(1);
    }

    @Test
    void lets_the_engine_choose_the_id_where_it_wants_to() {
        line.session().behaveAsOldEngine();

        SendResult result = gateway.send(tenant, channel, message(ReplyId.next(), CUSTOMER));

        assertThat(line.session().requests()).singleElement().satisfies(sent -> {
            assertThat(sent.body().has("id")).isFalse();
            assertThat(result).isEqualTo(new SendResult.Accepted(sent.id()));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, ChannelStopped",
        "403, ChannelStopped",
        "404, ChannelStopped",
        "400, Rejected",
        "422, Throttled",
        "429, Throttled",
        "500, Unclear",
        "502, Unclear",
        "302, Rejected",
    })
    void decides_by_the_http_status(int status, String expected) {
        line.session().script(new FakeWaha.Answer.Refuse(status, "{\"error\":\"scripted\"}"));

        SendResult result = gateway.send(tenant, channel, message(ReplyId.next(), CUSTOMER));

        assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(result.toString()).contains("scripted");
        assertThat(line.session().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:80",
        "http://localhost:8080",
        "http://169.254.169.254",
        "http://10.0.0.1:8080",
        "http://[::1]:8080"
    })
    void goes_nowhere_where_tenants_may_not_send_us(String address) {
        WahaGateway guarded = gateway(new InstallationSettings(Path.of("data"), null, null, null, false, false));

        SendResult result = guarded.send(tenant, at(address), message(ReplyId.next(), CUSTOMER));

        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.ChannelStopped.class,
                        stopped -> assertThat(stopped.code()).isEqualTo("address"));
    }

    @Test
    void does_not_reach_a_clouds_metadata_even_where_private_networks_are_open() {
        assertThat(gateway.send(tenant, at("http://169.254.169.254"), message(ReplyId.next(), CUSTOMER)))
                .isInstanceOf(SendResult.ChannelStopped.class);
    }

    private Channel find(String id) {
        return storedChannel(line.owner(), id);
    }

    private Channel at(String baseUrl) {
        return find(
                newLine(line.owner(), "elsewhere-" + UUID.randomUUID(), baseUrl).channelId());
    }

    private WahaGateway gateway(InstallationSettings installation) {
        return new WahaGateway(new WahaApi(channels, installation, JsonMapper.shared()), SETTINGS);
    }

    private static OutboundText message(ReplyId reply, String to) {
        return new OutboundText(reply, reply + ":1", to, "We open at ten.");
    }

    @Override
    public ChannelGateway gateway() {
        return gateway;
    }

    @Override
    public ChannelGateway unreachable() {
        channel = at("http://127.0.0.1:9");
        return gateway;
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
        return List.of(API_KEY, HMAC_KEY);
    }

    @Override
    public void next(Weather... weather) {
        for (Weather one : weather) {
            line.session()
                    .script(
                            switch (one) {
                                case BUSY -> new FakeWaha.Answer.Refuse(429, "{}");
                                case NEVER -> new FakeWaha.Answer.Refuse(400, "{\"message\":\"bad chat\"}");
                                case LOCKED -> new FakeWaha.Answer.Refuse(401, "{\"message\":\"key " + API_KEY + "\"}");
                                case BROKEN -> new FakeWaha.Answer.AcceptAndBreak();
                                case SILENT -> new FakeWaha.Answer.AcceptAndHang();
                            });
        }
    }

    @Override
    public List<String> requested() {
        return line.session().requests().stream().map(FakeWaha.Send::text).toList();
    }

    @Override
    public List<Delivered> delivered() {
        return line.session().delivered().stream()
                .map(send -> new Delivered(send.id(), send.text()))
                .toList();
    }

    @Override
    public boolean remembers() {
        return true;
    }
}
