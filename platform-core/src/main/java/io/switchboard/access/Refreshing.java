package io.switchboard.access;

/** Outcome of {@link AccessService#refresh}. */
public sealed interface Refreshing {

    record Refreshed(ApiSession session) implements Refreshing {}

    /** Unknown, expired, ended, or used before; in the last case the whole sign-in is ended, as one of two holders is a thief. */
    record Refused() implements Refreshing {}
}
