package io.switchboard.channels;

/** Outcome of {@link ChannelService#delete}. */
public sealed interface ChannelDeletion {

    record Deleted() implements ChannelDeletion {}

    record UnknownChannel() implements ChannelDeletion {}

    /** Customers wrote to it; what they wrote is kept, and so is the channel. */
    record HasConversations() implements ChannelDeletion {}
}
