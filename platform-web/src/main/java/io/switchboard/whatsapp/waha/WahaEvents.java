package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.label;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.whatsapp.Delivery;
import io.switchboard.whatsapp.ProviderWebhook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signature and reading of what WAHA posts, one event each. */
@Component
class WahaEvents implements ProviderWebhook {

    private static final Logger LOG = LoggerFactory.getLogger(WahaEvents.class);

    private final ChannelService channels;
    private final WahaCatchUp catchUp;
    private final JsonMapper json;

    WahaEvents(ChannelService channels, WahaCatchUp catchUp, JsonMapper json) {
        this.channels = channels;
        this.catchUp = catchUp;
        this.json = json;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WAHA;
    }

    @Override
    public boolean isSigned(RoutedChannel routed, HttpServletRequest request, byte[] body) {
        return channels.credential(routed.tenant(), routed.channel().id(), "hmacKey")
                .map(key -> WahaSignature.matches(
                        key,
                        body,
                        request.getHeader(WahaSignature.HEADER),
                        request.getHeader(WahaSignature.ALGORITHM_HEADER)))
                .orElse(false);
    }

    /** One WAHA has many sessions, of which this channel is one. */
    @Override
    public Delivery read(RoutedChannel routed, HttpServletRequest request, byte[] body, Instant arrival) {
        JsonNode event;
        try {
            event = json.readTree(body);
        } catch (JacksonException e) {
            LOG.warn("An event of WAHA is signed but no JSON; dropped ({})", e.getOriginalMessage());
            return Delivery.NOTHING;
        }
        Channel channel = routed.channel();
        if (!channel.settings().getOrDefault("session", "").equals(textAt(event, "session"))) {
            LOG.info(
                    "Event {} of session {} came to channel {}, which is another session; ignored",
                    label(event, "event"),
                    label(event, "session"),
                    channel.id());
            return Delivery.NOTHING;
        }
        return read(routed, event, arrival);
    }

    private Delivery read(RoutedChannel routed, JsonNode event, Instant arrival) {
        Channel channel = routed.channel();
        Delivery.Reader reader = new Delivery.Reader("channel " + channel.id());
        JsonNode payload = event.path("payload");
        JsonNode me = event.path("me");
        String name = label(event, "event");
        String what = "Event " + name;
        switch (name) {
            case "message", "message.any" ->
                reader.message(
                        payload,
                        what,
                        it -> WahaMessage.message(it, me, channel.settings().getOrDefault("baseUrl", ""), arrival));
            case "message.reaction" -> reader.message(payload, what, it -> WahaMessage.reaction(it, me, arrival));
            case "message.edited" -> reader.message(payload, what, it -> WahaMessage.edit(it, me, arrival));
            case "message.revoked" -> reader.message(payload, what, it -> WahaMessage.revoke(it, me, arrival));
            case "message.ack" -> reader.status(payload, what, it -> WahaAck.read(it, arrival));
            case "session.status" -> {
                LOG.info("Session of channel {} is {}", channel.id(), label(payload, "status"));
                if ("WORKING".equals(textAt(payload, "status"))) {
                    catchUp.soon(routed);
                }
            }
            default -> reader.ignored(what);
        }
        return reader.delivery();
    }
}
