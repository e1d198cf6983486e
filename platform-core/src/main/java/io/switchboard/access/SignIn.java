package io.switchboard.access;

/** Outcome of {@link AccessService#signIn}. */
public sealed interface SignIn {

    record Accepted(User user) implements SignIn {}

    /** The password is right; {@link TwoFactorService#check} decides about the rest. */
    record SecondFactorNeeded(User user) implements SignIn {}

    /** Unknown address, wrong password or suspended; which of them is not told. */
    record Refused() implements SignIn {}
}
