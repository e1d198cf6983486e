package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.mail.MailService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** Asks people into a tenant by links that work once. */
@Service
public class InvitationService {

    public static final Duration LIFETIME = Duration.ofDays(7);

    private final Invitations invitations;
    private final Memberships memberships;
    private final Accounts accounts;
    private final TenantTransactions transactions;
    private final TenancyService tenancy;
    private final AuditService audit;
    private final MailService mail;
    private final Clock clock;

    InvitationService(
            Invitations invitations,
            Memberships memberships,
            Accounts accounts,
            TenantTransactions transactions,
            TenancyService tenancy,
            AuditService audit,
            MailService mail,
            Clock clock) {
        this.invitations = invitations;
        this.memberships = memberships;
        this.accounts = accounts;
        this.transactions = transactions;
        this.tenancy = tenancy;
        this.audit = audit;
        this.mail = mail;
        this.clock = clock;
    }

    /** Invites; an earlier invitation of the same address is replaced, and its link is void. */
    @Requires(Permission.MANAGE_MEMBERS)
    public Inviting invite(TenantId tenant, Caller host, EmailAddress email, Role role) {
        if (!host.mayGive(role)) {
            return new Inviting.RoleTooHigh();
        }
        if (memberships.contains(tenant, email)) {
            return new Inviting.AlreadyMember();
        }
        Instant now = clock.instant();
        LinkToken token = LinkToken.random();
        Invitation invitation =
                new Invitation(InvitationId.next(), email, role, host.actor().name(), now, now.plus(LIFETIME));
        transactions.run(tenant, () -> {
            invitations.save(tenant, invitation, token);
            audit.record(
                    tenant,
                    host.actor(),
                    "invited",
                    "invitation",
                    invitation.id().value(),
                    email.value() + ", " + role);
        });
        return new Inviting.Invited(invitation, deliver(tenant, invitation, token));
    }

    private LinkDelivery deliver(TenantId tenant, Invitation invitation, LinkToken token) {
        String path = "invitation/" + token.value();
        String name = tenancy.find(tenant).map(Tenant::name).orElseThrow();
        boolean mailed = mail.configured()
                && mail.send(invitation.email(), "Join " + name + " on Switchboard", """
                        %s invites you to join %s on Switchboard, as %s.

                        Open this link within %d days:
                        %s

                        If you did not expect this, there is nothing you need to do.
                        """.formatted(
                                invitation.invitedBy(),
                                name,
                                invitation.role().name().toLowerCase(Locale.ROOT),
                                LIFETIME.toDays(),
                                mail.link(path)));
        return mailed ? LinkDelivery.MAILED : new LinkDelivery(path);
    }

    /** Those not accepted yet, expired ones too; newest first. */
    @Requires(Permission.MANAGE_MEMBERS)
    public Slice<Invitation> list(TenantId tenant, PageRequest page) {
        return invitations.list(tenant, page);
    }

    /** Makes the link void; false if there is no such invitation. */
    @Requires(Permission.MANAGE_MEMBERS)
    public boolean withdraw(TenantId tenant, Caller host, InvitationId id) {
        return transactions.call(tenant, () -> {
            Optional<String> email = invitations.delete(tenant, id);
            email.ifPresent(guest -> audit.record(tenant, host.actor(), "withdrawn", "invitation", id.value(), guest));
            return email.isPresent();
        });
    }

    /** The invitation that a link stands for; empty if the link is good for nothing (any more). */
    public Optional<OpenInvitation> find(String token) {
        return findOpen(new LinkToken(token))
                .flatMap(found -> tenancy.find(found.tenant())
                        .map(tenant -> new OpenInvitation(
                                tenant.name(), found.email(), found.role(), accounts.exists(found.email()))));
    }

    /**
     * Uses a link up, makes an account for its holder, and the holder a member. Of several that use one link at once a single one joins.
     *
     * @param password 8 to 128 characters, for the new account
     */
    public Joining join(String token, String name, String password) {
        Passwords.requireAcceptable(password);
        LinkToken link = new LinkToken(token);
        Optional<Invitations.Found> found = findOpen(link);
        if (found.isEmpty()) {
            return new Joining.LinkInvalid();
        }
        EmailAddress email = found.get().email();
        if (accounts.exists(email)) {
            return new Joining.AccountExists();
        }
        Accounts.Proof proof = accounts.proofForNew(email, password);
        return join(found.get().tenant(), link, () -> accounts.open(proof, name));
    }

    /** Uses a link up and makes its holder, who has signed in, a member with the account they have. */
    public Joining accept(String token, User guest) {
        LinkToken link = new LinkToken(token);
        return findOpen(link)
                .filter(found -> found.email().equals(guest.email()))
                .map(found -> join(found.tenant(), link, () -> Optional.of(guest)))
                .orElseGet(Joining.LinkInvalid::new);
    }

    private Optional<Invitations.Found> findOpen(LinkToken link) {
        return invitations
                .find(link)
                .filter(found ->
                        tenancy.find(found.tenant()).filter(Tenant::active).isPresent());
    }

    private Joining join(TenantId tenant, LinkToken link, Supplier<Optional<User>> account) {
        return transactions.call(tenant, () -> {
            Optional<Role> role = invitations.lock(tenant, link);
            if (role.isEmpty()) {
                return new Joining.LinkInvalid();
            }
            Optional<User> user = account.get();
            if (user.isEmpty()) {
                return new Joining.AccountExists();
            }
            memberships.join(tenant, user.get().id(), role.get());
            invitations.use(tenant, link);
            audit.record(
                    tenant,
                    user.get().actor(),
                    "joined",
                    "member",
                    user.get().id().value(),
                    role.get().name());
            return new Joining.Joined(user.get());
        });
    }
}
