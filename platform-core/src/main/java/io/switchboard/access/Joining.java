package io.switchboard.access;

/** Outcome of {@link InvitationService#join} and {@link InvitationService#accept}. */
public sealed interface Joining {

    record Joined(User user) implements Joining {}

    /** Unknown, used, withdrawn, expired or somebody else's, or the tenant is not active; which of them is not told. */
    record LinkInvalid() implements Joining {}

    /** The guest has an account already and joins by {@link InvitationService#accept} once they have signed in. The link stays good. */
    record AccountExists() implements Joining {}
}
