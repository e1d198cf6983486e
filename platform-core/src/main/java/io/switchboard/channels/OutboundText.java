package io.switchboard.channels;

import io.switchboard.kernel.ReplyId;

/**
 * A text to a customer.
 *
 * @param callbackData returned in the provider's statuses, tells our attempts apart
 * @param to address exactly as the customer's message carried it
 * @param text in the provider's formatting and within its limit
 */
public record OutboundText(ReplyId reply, String callbackData, String to, String text) {}
