package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.whatsapp.CatchUp;
import io.switchboard.whatsapp.DeliveryNotes;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches what Twilio could not deliver: it tries once, so a message that came while we were down would be lost. */
@Component
class TwilioCatchUp extends CatchUp {

    private final TwilioApi api;
    private final JsonMapper json;
    private final Clock clock;

    TwilioCatchUp(
            ChannelService channels,
            ConversationService conversations,
            DeliveryNotes notes,
            TwilioApi api,
            JsonMapper json,
            TwilioSettings settings,
            Clock clock) {
        super(ChannelProvider.TWILIO, channels, conversations, notes, settings.catchUp(), clock);
        this.api = api;
        this.json = json;
        this.clock = clock;
    }

    @Override
    protected List<InboundMessage> fetch(RoutedChannel routed, Instant since) throws IOException {
        List<InboundMessage> found = new ArrayList<>();
        Optional<String> token = api.authToken(routed.tenant(), routed.channel());
        if (token.isEmpty()) {
            return found;
        }
        Map<String, String> toUs = Map.of("To", TwilioMessage.number(routed.channel()));
        for (JsonNode listed : api.list(routed.channel(), token.get(), toUs, since)) {
            Instant at = TwilioApi.madeAt(listed).orElse(clock.instant());
            if (listed.path("direction").asString("").equals("inbound") && !at.isBefore(since)) {
                TwilioMessage.read(routed.channel(), parameters(listed), at, json)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The list's names are others than the webhook's. */
    private static TwilioParameters parameters(JsonNode listed) {
        return new TwilioParameters(List.of(
                parameter("MessageSid", listed, "sid"),
                parameter("AccountSid", listed, "account_sid"),
                parameter("From", listed, "from"),
                parameter("To", listed, "to"),
                parameter("Body", listed, "body"),
                parameter("NumMedia", listed, "num_media")));
    }

    private static TwilioParameters.Parameter parameter(String name, JsonNode listed, String field) {
        return new TwilioParameters.Parameter(name, listed.path(field).asString(""));
    }
}
