package io.switchboard.whatsapp.meta;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.ChannelGatewayContract;
import io.switchboard.world.FakeMeta;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class MetaGatewayContractTest extends MetaTest implements ChannelGatewayContract {

    @Autowired
    MetaGateway gateway;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
    }

    @Override
    public ChannelGateway gateway() {
        return gateway;
    }

    @Override
    public ChannelGateway unreachable() {
        try (ServerSocket free = new ServerSocket(0)) {
            MetaSettings nowhere =
                    new MetaSettings("http://127.0.0.1:" + free.getLocalPort(), "v26.0", 80, Duration.ofSeconds(6));
            return new MetaGateway(channels, nowhere, new GraphApi(nowhere, JsonMapper.shared()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public TenantId tenant() {
        return line.owner().tenant().id();
    }

    @Override
    public Channel channel() {
        return storedChannel(line.owner(), line.channelId());
    }

    @Override
    public String customer() {
        return "4915550001";
    }

    @Override
    public List<String> secrets() {
        return List.of(ACCESS_TOKEN, APP_SECRET);
    }

    @Override
    public void next(Weather... weather) {
        for (Weather one : weather) {
            line.number()
                    .script(
                            switch (one) {
                                case BUSY -> FakeMeta.Answer.error(400, 130429);
                                case NEVER -> FakeMeta.Answer.error(400, 131026);
                                case LOCKED ->
                                    new FakeMeta.Answer.Refuse(
                                            401,
                                            "{\"error\": {\"code\": 190, \"message\": \"Malformed token " + ACCESS_TOKEN
                                                    + "\"}}");
                                case BROKEN -> new FakeMeta.Answer.AcceptAndBreak();
                                case SILENT -> new FakeMeta.Answer.AcceptAndHang();
                            });
        }
    }

    @Override
    public List<String> requested() {
        return line.number().requests().stream().map(FakeMeta.Send::text).toList();
    }

    @Override
    public List<Delivered> delivered() {
        return line.number().delivered().stream()
                .map(send -> new Delivered(send.messageId(), send.text()))
                .toList();
    }

    @Override
    public boolean hasButtons() {
        return true;
    }

    @Override
    public boolean hasTemplates() {
        return true;
    }

    /** Meta has no list of messages; its statuses carry what we sent along. */
    @Override
    public boolean remembers() {
        return false;
    }
}
