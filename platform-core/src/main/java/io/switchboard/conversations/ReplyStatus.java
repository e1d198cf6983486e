package io.switchboard.conversations;

/** How far a reply is on its way. */
public enum ReplyStatus {
    PENDING,
    /** Outside the time in which the provider takes it; waits until the customer writes again. */
    HELD,
    /** Written before the request leaves, so that a crash cannot hide an attempt. */
    SENDING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    /** The request left and no answer came; waits for a status before it is repeated. */
    UNKNOWN
}
