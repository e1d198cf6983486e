package io.switchboard.conversations;

/**
 * @param waiting messages that have no reply yet
 * @param failed replies that could not be delivered
 */
public record MessageCounts(long received, long replied, long waiting, long failed, long conversations) {}
