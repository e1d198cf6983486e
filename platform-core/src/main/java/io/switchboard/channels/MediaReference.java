package io.switchboard.channels;

/**
 * Where a file of a customer's message lies.
 *
 * @param reference the provider's id or address of it, as the message named it
 * @param messageId the provider's id of the message
 * @param replyAddress the customer's address at the provider
 */
public record MediaReference(String reference, String messageId, String replyAddress) {}
