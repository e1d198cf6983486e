package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.MAX_ID_LENGTH;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.conversations.DeliveryStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** WhatsApp's word on a message of ours. */
final class WahaAck {

    private WahaAck() {}

    /** Empty for what is no message of ours to one person, and for states that say nothing about the delivery. */
    static Optional<DeliveryStatus> read(JsonNode payload, Instant arrival) {
        String id = textAt(payload, "id");
        State state = state(textAt(payload, "ack"), textAt(payload, "ackName"));
        if (id == null || id.length() > MAX_ID_LENGTH || state == null) {
            return Optional.empty();
        }
        WahaId message = WahaId.of(id);
        String chat = message.chat() == null ? textAt(payload, "from") : message.chat();
        if (WahaChat.of(chat).isEmpty() || !payload.path("fromMe").asBoolean(message.ours())) {
            return Optional.empty();
        }
        boolean failed = state == State.FAILED;
        return Optional.of(new DeliveryStatus(
                message.message(),
                null,
                state,
                arrival,
                failed ? "waha-ack" : null,
                failed ? "WhatsApp did not take the message" : null));
    }

    private static @Nullable State state(@Nullable String ack, @Nullable String name) {
        return switch (ack == null ? String.valueOf(name) : ack.replaceAll("\\.0+$", "")) {
            case "-1", "ERROR" -> State.FAILED;
            case "1", "SERVER" -> State.SENT;
            case "2", "DEVICE" -> State.DELIVERED;
            case "3", "4", "READ", "PLAYED" -> State.READ;
            default -> null;
        };
    }
}
