package io.switchboard.channels;

/**
 * How fast a provider lets us send.
 *
 * @param perNumber all messages of one channel
 * @param perPair messages of one channel to one customer
 */
public record SendRates(SendRate perNumber, SendRate perPair) {}
