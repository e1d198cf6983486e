package io.switchboard.channels;

/**
 * A telephone as a provider knows it.
 *
 * @param address where to send to
 * @param alias the id under which a message from it would come
 */
public record Telephone(String address, CustomerAlias alias) {}
