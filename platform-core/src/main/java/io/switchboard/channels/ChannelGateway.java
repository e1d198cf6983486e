package io.switchboard.channels;

import io.switchboard.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way out to one provider. One try per call: repeating is the sender's business. */
public interface ChannelGateway {

    ChannelProvider provider();

    /** Longest text of one message, in characters. */
    int maxTextLength();

    /** Empty: as fast as we can. */
    default Optional<SendRates> rates() {
        return Optional.empty();
    }

    /** Turns an answer's Markdown into what this provider shows. */
    String format(String markdown);

    SendResult send(TenantId tenant, Channel channel, OutboundText message);

    /**
     * Asks the provider which messages like this one it took from us, before one whose outcome nobody knows is sent again.
     *
     * @param since when the message was written
     * @return the provider's ids, oldest first; empty if the provider cannot tell
     */
    default Optional<List<String>> findSent(TenantId tenant, Channel channel, OutboundText message, Instant since) {
        return Optional.empty();
    }
}
