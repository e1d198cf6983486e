package io.switchboard.channels;

/**
 * A template to a customer.
 *
 * @param message to whom, with the words that the customer reads; they are not sent
 */
public record OutboundTemplate(OutboundText message, FilledTemplate template) {}
