package io.switchboard.channels;

/**
 * A file to a customer.
 *
 * @param message to whom, with the text beside the file; blank for none
 */
public record OutboundFile(OutboundText message, AttachedFile file) {}
