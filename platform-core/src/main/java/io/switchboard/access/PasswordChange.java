package io.switchboard.access;

/** Outcome of {@link AccountService#changePassword}. */
public sealed interface PasswordChange {

    /** @param user as they are from now on; every session and token from before has ended */
    record Changed(User user) implements PasswordChange {}

    record WrongPassword() implements PasswordChange {}

    /** Too many wrong ones; ten minutes of patience help. */
    record TooManyAttempts() implements PasswordChange {}
}
