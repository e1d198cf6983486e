package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.whatsapp.CatchUp;
import io.switchboard.whatsapp.DeliveryNotes;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Fetches what WAHA could not deliver: it tries for half a minute and forgets what it holds when it is started again. */
@Component
class WahaCatchUp extends CatchUp {

    private final WahaApi api;
    private final Clock clock;

    WahaCatchUp(
            ChannelService channels,
            ConversationService conversations,
            DeliveryNotes notes,
            WahaApi api,
            WahaSettings settings,
            Clock clock) {
        super(ChannelProvider.WAHA, channels, conversations, notes, settings.catchUp(), clock);
        this.api = api;
        this.clock = clock;
    }

    @Override
    protected List<InboundMessage> fetch(RoutedChannel routed, Instant since) throws IOException {
        Channel channel = routed.channel();
        Optional<String> key = api.apiKey(routed.tenant(), channel);
        List<InboundMessage> found = new ArrayList<>();
        if (key.isEmpty()) {
            return found;
        }
        JsonNode me = Payload.read(
                api.get(channel, key.get(), "/api/sessions/" + WahaApi.encoded(WahaApi.session(channel)) + "/me")
                        .body());
        String baseUrl = channel.settings().getOrDefault("baseUrl", "");
        for (JsonNode listed : api.received(channel, key.get(), since)) {
            if (!isBefore(listed, since)) {
                WahaMessage.message(listed, me.isObject() ? me : MissingNode.getInstance(), baseUrl, clock.instant())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Not every engine heeds the filter. */
    private static boolean isBefore(JsonNode listed, Instant since) {
        String time = textAt(listed, "timestamp");
        return time != null
                && time.matches("[0-9]{1,12}(\\.[0-9]+)?")
                && Long.parseLong(time.replaceAll("\\..*", "")) < since.getEpochSecond();
    }
}
