package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.conversations.DeliveryStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Twilio's word on a message of ours; some such requests carry two parameters only. */
final class TwilioStatus {

    /** Of the callback's address, where we put what tells our attempts apart. */
    static final String CALLBACK = "reply";

    private static final int MAX_ID_LENGTH = 500;

    private TwilioStatus() {}

    /**
     * Empty for states that say nothing about the delivery, and for what another account says.
     *
     * @param callbackData null if the address does not name it
     */
    static Optional<DeliveryStatus> read(
            Channel channel, TwilioParameters parameters, @Nullable String callbackData, Instant arrival) {
        String id = parameters.text("MessageSid", "SmsSid");
        State state = state(parameters.text("MessageStatus", "SmsStatus"));
        String account = parameters.text("AccountSid");
        if (id == null
                || id.length() > MAX_ID_LENGTH
                || state == null
                || (account != null && !account.equals(channel.settings().get("accountSid")))) {
            return Optional.empty();
        }
        boolean failed = state == State.FAILED;
        return Optional.of(new DeliveryStatus(
                id,
                callbackData,
                state,
                arrival,
                failed ? parameters.text("ErrorCode") : null,
                failed ? parameters.text("ErrorMessage", "ChannelStatusMessage") : null));
    }

    static @Nullable State state(@Nullable String name) {
        return switch (name) {
            case "sent" -> State.SENT;
            case "delivered" -> State.DELIVERED;
            case "read" -> State.READ;
            case "failed", "undelivered", "canceled" -> State.FAILED;
            case null, default -> null; // queued, accepted, sending, and what may come
        };
    }
}
