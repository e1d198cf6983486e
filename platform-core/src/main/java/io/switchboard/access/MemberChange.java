package io.switchboard.access;

/** Outcome of a change to a member. */
public enum MemberChange {
    DONE,
    /** There is no such member in this tenant. */
    UNKNOWN,
    /** The change would give or take a right that the caller has not. */
    NOT_ALLOWED,
    /** A tenant keeps at least one owner. */
    LAST_OWNER
}
