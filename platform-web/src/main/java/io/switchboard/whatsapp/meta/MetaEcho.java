package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.idOf;
import static io.switchboard.whatsapp.Payload.seconds;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.InboundMessage;
import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An element of {@code message_echoes}: what a person of the organisation wrote in the WhatsApp Business app.
 *
 * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_message_echoes">echoes</a>
 */
final class MetaEcho {

    private MetaEcho() {}

    /** Empty for groups, for what names no customer, and for what changes a message of ours. */
    static Optional<InboundMessage> read(JsonNode echo, JsonNode value, Instant arrival) {
        if (!echo.isObject() || textAt(echo, "group_id") != null) {
            return Optional.empty();
        }
        MessageContent said = MetaContent.of(echo);
        boolean isMessage = switch (said.kind()) {
            case TEXT, CHOICE, MEDIA, LOCATION, CONTACT, UNSUPPORTED -> true;
            case REACTION, EDIT, REVOKE, SYSTEM, ECHO, EMPTY -> false;
        };
        if (!isMessage) {
            return Optional.empty();
        }
        return MetaCustomer.writtenTo(echo, elements(value, "contacts"))
                .map(customer -> new InboundMessage(
                        idOf(textAt(echo, "id"), echo.toString()),
                        customer,
                        MessageContent.of(MessageKind.ECHO, said.text()).carrying(said.media()),
                        seconds(echo, arrival, "timestamp"),
                        echo.toString()));
    }
}
