package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.seconds;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.conversations.DeliveryStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An element of {@code statuses}: Meta's word on a message of ours. */
final class MetaStatus {

    private static final int MAX_ID_LENGTH = 500;

    private MetaStatus() {}

    /** Empty for states that say nothing about the delivery. */
    static Optional<DeliveryStatus> read(JsonNode status, Instant arrival) {
        String id = textAt(status, "id");
        State state = state(textAt(status, "status"));
        if (id == null || id.length() > MAX_ID_LENGTH || state == null) {
            return Optional.empty();
        }
        JsonNode error = elements(status, "errors").stream().findFirst().orElse(MissingNode.getInstance());
        boolean failed = state == State.FAILED;
        return Optional.of(new DeliveryStatus(
                id,
                textAt(status, "biz_opaque_callback_data"),
                state,
                seconds(status, arrival, "timestamp"),
                failed ? textAt(error, "code") : null,
                failed ? detail(error) : null));
    }

    private static @Nullable State state(@Nullable String name) {
        return switch (name) {
            case "sent" -> State.SENT;
            case "delivered" -> State.DELIVERED;
            case "read", "played" -> State.READ;
            case "failed" -> State.FAILED;
            case null, default -> null;
        };
    }

    private static @Nullable String detail(JsonNode error) {
        String title = textAt(error, "title");
        String details = textAt(error, "error_data", "details");
        if (title == null || details == null || title.equals(details)) {
            return title == null ? details : title;
        }
        return title + ": " + details;
    }
}
