package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores what Twilio brings. Returns once it is on disk; throws if the database could not take it. */
@Component
class TwilioIntake {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioIntake.class);

    private final ConversationService conversations;
    private final JsonMapper json;
    private final Clock clock;

    TwilioIntake(ConversationService conversations, JsonMapper json, Clock clock) {
        this.conversations = conversations;
        this.json = json;
        this.clock = clock;
    }

    TwilioParameters parameters(byte[] body) {
        return TwilioParameters.ofJson(body, json);
    }

    /** A message; statuses come here too where somebody entered this address for both. */
    void takeMessage(RoutedChannel routed, TwilioParameters parameters) {
        if (TwilioStatus.state(parameters.text("MessageStatus")) != null) {
            takeStatus(routed, parameters, null);
            return;
        }
        TwilioMessage.read(routed.channel(), parameters, clock.instant(), json)
                .ifPresentOrElse(
                        message -> store(routed, List.of(message)),
                        () -> LOG.warn(
                                "A request to channel {} of tenant {} is no customer's message to its number; ignored",
                                routed.channel().id(),
                                routed.tenant()));
    }

    void store(RoutedChannel routed, List<InboundMessage> messages) {
        conversations.receive(routed.tenant(), routed.channel().id(), messages);
    }

    void takeStatus(RoutedChannel routed, TwilioParameters parameters, @Nullable String callbackData) {
        TwilioStatus.read(routed.channel(), parameters, callbackData, clock.instant())
                .ifPresent(status -> conversations.recordStatuses(
                        routed.tenant(), routed.channel().id(), List.of(status)));
    }
}
