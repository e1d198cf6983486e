package io.switchboard.access;

/** Outcome of {@link AccessService#addMember}. */
public sealed interface MemberAddition {

    record Added(User user) implements MemberAddition {}

    record AlreadyMember() implements MemberAddition {}

    /** The address belongs to a user already and the password given is not theirs; nobody is drawn into a tenant without knowing. */
    record UserExists() implements MemberAddition {}
}
