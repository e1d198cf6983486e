package io.switchboard.channels;

/**
 * A file that goes to a customer.
 *
 * @param name without path and control characters, with an ending of the type
 * @param content at most {@link FileType#largest} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one to the next, never compared
public record AttachedFile(String name, FileType type, byte[] content) {}
