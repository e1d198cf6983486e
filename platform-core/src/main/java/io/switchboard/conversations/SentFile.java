package io.switchboard.conversations;

/**
 * The file of a reply, as conversations show it.
 *
 * @param size in bytes
 */
public record SentFile(String name, String mediaType, long size) {}
