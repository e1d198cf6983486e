package io.switchboard.access;

/** Outcome of {@link InvitationService#invite}. */
public sealed interface Inviting {

    record Invited(Invitation invitation, LinkDelivery link) implements Inviting {}

    record AlreadyMember() implements Inviting {}

    /** The guest would have rights that the host has not. */
    record RoleTooHigh() implements Inviting {}
}
