package io.switchboard.channels;

/** Whether replies leave through a channel. */
public enum ChannelStatus {
    ACTIVE,
    /** The provider refuses us until a person acts; {@link Channel#statusReason} says why. Replies wait. */
    STOPPED
}
