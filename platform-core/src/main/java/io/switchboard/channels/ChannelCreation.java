package io.switchboard.channels;

/** Outcome of {@link ChannelService#create}. */
public sealed interface ChannelCreation {

    record Created(Channel channel) implements ChannelCreation {}

    /** @param field as the caller named it */
    record Invalid(String field, String message) implements ChannelCreation {}
}
