package io.switchboard.conversations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's message as a provider delivered it.
 *
 * @param providerMessageId unique within the channel; the same id again is the same message
 * @param userKey the provider's opaque id of the customer; never parsed as a number
 * @param replyAddress where to send the reply, exactly as received
 * @param sentAt the provider's time stamp, or the arrival where it gives none
 * @param raw the provider's JSON of this message, for people who look into a case
 */
public record InboundMessage(
        String providerMessageId,
        MessageKind kind,
        String userKey,
        String replyAddress,
        @Nullable String profileName,
        @Nullable String text,
        Instant sentAt,
        String raw) {}
