package io.switchboard.conversations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's word on a message of ours.
 *
 * @param callbackData what we sent with the message; null if the provider does not return it
 * @param errorCode null unless {@link State#FAILED}
 */
public record DeliveryStatus(
        String providerMessageId,
        @Nullable String callbackData,
        State state,
        Instant at,
        @Nullable String errorCode,
        @Nullable String errorDetail) {

    public enum State {
        SENT,
        DELIVERED,
        READ,
        FAILED
    }
}
