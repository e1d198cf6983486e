package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.installation.BackgroundLoop;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches what Twilio could not deliver: it tries once, so a message that came while we were down would be lost. Asks at the start and
 * from time to time for everything since the newest message that we have; what is there already is not stored again.
 */
@Component
class TwilioCatchUp extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioCatchUp.class);
    private static final Duration AFTER_START = Duration.ofSeconds(5);

    /** Messages of one second arrive in any order, and a slow one after a fast one. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    /** Twilio keeps messages for longer; older ones nobody waits for. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final ChannelService channels;
    private final ConversationService conversations;
    private final TwilioApi api;
    private final JsonMapper json;
    private final Clock clock;

    TwilioCatchUp(
            ChannelService channels,
            ConversationService conversations,
            TwilioApi api,
            JsonMapper json,
            TwilioSettings settings,
            Clock clock) {
        super("twilio-catch-up", AFTER_START, settings.catchUp());
        this.channels = channels;
        this.conversations = conversations;
        this.api = api;
        this.json = json;
        this.clock = clock;
    }

    @Override
    protected void round() {
        for (RoutedChannel routed : channels.routed(ChannelProvider.TWILIO)) {
            if (!isRunning()) {
                return;
            }
            try {
                catchUp(routed);
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "Messages that Twilio holds for channel {} of tenant {} cannot be fetched; asked again later: {}",
                        routed.channel().id(),
                        routed.tenant(),
                        e.toString());
            }
        }
    }

    /** Returns how many messages were missing. */
    int catchUp(RoutedChannel routed) throws IOException {
        Optional<String> token = api.authToken(routed.tenant(), routed.channel());
        if (token.isEmpty()) {
            return 0;
        }
        Instant since = since(routed);
        List<InboundMessage> missed = new ArrayList<>();
        Map<String, String> toUs = Map.of("To", TwilioMessage.number(routed.channel()));
        for (JsonNode listed : api.list(routed.channel(), token.get(), toUs, since)) {
            Instant at = TwilioApi.madeAt(listed).orElse(clock.instant());
            if (listed.path("direction").asString("").equals("inbound") && !at.isBefore(since)) {
                TwilioMessage.read(routed.channel(), parameters(listed), at, json)
                        .ifPresent(missed::add);
            }
        }
        if (missed.isEmpty()) {
            return 0;
        }
        int stored = conversations
                .receive(routed.tenant(), routed.channel().id(), missed)
                .stored();
        if (stored > 0) {
            LOG.warn(
                    "{} messages for channel {} of tenant {} had not reached us and were fetched from Twilio",
                    stored,
                    routed.channel().id(),
                    routed.tenant());
        }
        return stored;
    }

    /** To the second, as Twilio tells times. */
    private Instant since(RoutedChannel routed) {
        Instant made = routed.channel().createdAt();
        Instant newest = conversations
                .newestMessage(routed.tenant(), routed.channel().id())
                .map(at -> at.minus(OVERLAP))
                .orElse(made);
        Instant earliest = clock.instant().minus(LONGEST);
        Instant since = newest.isBefore(made) ? made : newest;
        return (since.isBefore(earliest) ? earliest : since).truncatedTo(ChronoUnit.SECONDS);
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
