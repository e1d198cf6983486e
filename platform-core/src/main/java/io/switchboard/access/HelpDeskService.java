package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.OperatorOnly;
import org.springframework.stereotype.Service;

/** What the operator does about people's accounts. Every tenant that a person works for finds it in its audit. */
@Service
public class HelpDeskService {

    private final AccessService access;
    private final AccountService accounts;
    private final PasswordResetService resets;
    private final SecondFactors factors;
    private final Memberships memberships;
    private final AuditService audit;

    HelpDeskService(
            AccessService access,
            AccountService accounts,
            PasswordResetService resets,
            SecondFactors factors,
            Memberships memberships,
            AuditService audit) {
        this.access = access;
        this.accounts = accounts;
        this.resets = resets;
        this.factors = factors;
        this.memberships = memberships;
        this.audit = audit;
    }

    /** Suspends somebody everywhere, or lets them in again; false for the operator's own account. */
    @OperatorOnly
    public boolean changeSuspension(User operator, User person, boolean suspended) {
        requireOperator(operator);
        if (operator.id().equals(person.id())) {
            return false;
        }
        access.changeSuspension(person.id(), suspended);
        record(operator, person, suspended ? "suspended" : "resumed");
        return true;
    }

    @OperatorOnly
    public void signOut(User operator, User person) {
        requireOperator(operator);
        accounts.endAllSessions(person.id());
        record(operator, person, "signed out");
    }

    /** A link to a new password, mailed or to be handed over. */
    @OperatorOnly
    public LinkDelivery offerPasswordLink(User operator, User person) {
        requireOperator(operator);
        record(operator, person, "sent a password link to");
        return resets.deliver(person);
    }

    /**
     * Takes the second factor off the account of somebody who lost app and recovery codes, and signs them out everywhere.
     *
     * @return false if there was none
     */
    @OperatorOnly
    public boolean resetSecondFactor(User operator, User person) {
        requireOperator(operator);
        if (!factors.isOn(person.id())) {
            return false;
        }
        factors.remove(person.id());
        accounts.endAllSessions(person.id());
        record(operator, person, "reset the second factor of");
        return true;
    }

    private void record(User operator, User person, String deed) {
        UserId id = person.id();
        memberships
                .ofUser(id)
                .forEach(membership -> audit.record(
                        membership.tenant().id(),
                        operator.actor(),
                        deed,
                        "member",
                        id.value(),
                        person.email().value()));
    }

    private static void requireOperator(User operator) {
        if (!operator.operator()) {
            throw new IllegalArgumentException("not an operator: " + operator.id());
        }
    }
}
