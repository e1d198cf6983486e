package io.switchboard.access;

/**
 * Whether a person signs in with a second factor.
 *
 * @param recoveryCodes how many are left
 */
public record TwoFactorState(boolean on, int recoveryCodes) {}
