package io.switchboard.conversations;

import java.time.Instant;

/**
 * A message as a provider delivered it, the same for all providers.
 *
 * @param providerMessageId unique within the channel; the same id again is the same message
 * @param sentAt the provider's time stamp, or the arrival where it gives none
 * @param raw what the provider said of this message, for people who look into a case
 */
public record InboundMessage(
        String providerMessageId, Customer customer, MessageContent content, Instant sentAt, String raw) {

    public InboundMessage {
        providerMessageId = Storable.text(providerMessageId);
        raw = Storable.text(raw);
    }

    public MessageKind kind() {
        return content.kind();
    }
}
