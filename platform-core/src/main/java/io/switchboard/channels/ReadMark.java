package io.switchboard.channels;

/**
 * That we have read a customer's message.
 *
 * @param providerMessageId of the message
 * @param to address exactly as the message carried it
 * @param typing whether an answer is being written
 */
public record ReadMark(String providerMessageId, String to, boolean typing) {}
