package io.switchboard.access;

/** Outcome of {@link PasswordResetService#offer}. */
public sealed interface ResetOffer {

    record Offered(LinkDelivery link) implements ResetOffer {}

    /** There is no such member in this tenant. */
    record Unknown() implements ResetOffer {}

    /**
     * The link would have to be handed over, and whoever holds it could enter where the caller may not: the member has more rights, works for
     * other tenants too, or runs the installation.
     */
    record NotAllowed() implements ResetOffer {}
}
