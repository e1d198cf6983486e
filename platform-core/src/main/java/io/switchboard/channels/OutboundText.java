package io.switchboard.channels;

import io.switchboard.kernel.ReplyId;
import org.jspecify.annotations.Nullable;

/**
 * A text to a customer.
 *
 * @param callbackData returned in the provider's statuses, tells our attempts apart
 * @param to address exactly as the customer's message carried it
 * @param quotes provider's id of the customer's message that this answers, where it would not be clear otherwise
 * @param text in the provider's formatting and within its limit
 */
public record OutboundText(
        ReplyId reply,
        String callbackData,
        String to,
        String text,
        @Nullable String quotes) {

    public OutboundText(ReplyId reply, String callbackData, String to, String text) {
        this(reply, callbackData, to, text, null);
    }
}
