package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.idOf;
import static io.switchboard.whatsapp.Payload.seconds;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.InboundMessage;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An element of {@code messages}. */
final class MetaMessage {

    private MetaMessage() {}

    /** Empty for what is no message of a customer to this number: groups, our own words, a sender nobody can answer. */
    static Optional<InboundMessage> read(JsonNode message, JsonNode value, Instant arrival) {
        if (!message.isObject() || textAt(message, "group_id") != null) {
            return Optional.empty();
        }
        return MetaCustomer.writerOf(message, elements(value, "contacts"))
                .filter(customer -> !isOwnNumber(textAt(message, "from") + "", value))
                .map(customer -> new InboundMessage(
                        idOf(textAt(message, "id"), message.toString()),
                        customer,
                        MetaContent.of(message),
                        seconds(message, arrival, "timestamp"),
                        message.toString()));
    }

    /** A loop guard; the examples in Meta's documentation name both sides alike, with words that are no number. */
    private static boolean isOwnNumber(String from, JsonNode value) {
        return from.matches("[0-9]+") && from.equals(textAt(value, "metadata", "display_phone_number"));
    }
}
