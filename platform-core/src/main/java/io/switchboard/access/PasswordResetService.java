package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.mail.MailService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Lets people choose a new password by a link that works once. */
@Service
public class PasswordResetService {

    /** Of a link that its person asked for. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    /** Of a link that somebody hands over. */
    public static final Duration HANDED_OVER_LIFETIME = Duration.ofDays(1);

    private final PasswordResets resets;
    private final Users users;
    private final Memberships memberships;
    private final Passwords passwords;
    private final MailService mail;
    private final AuditService audit;
    private final ObjectProvider<ResetPace> pace;

    PasswordResetService(
            PasswordResets resets,
            Users users,
            Memberships memberships,
            Passwords passwords,
            MailService mail,
            AuditService audit,
            ObjectProvider<ResetPace> pace) {
        this.resets = resets;
        this.users = users;
        this.memberships = memberships;
        this.passwords = passwords;
        this.mail = mail;
        this.audit = audit;
        this.pace = pace;
    }

    /** Whether people can ask for a link themselves. */
    public boolean available() {
        return mail.configured();
    }

    /**
     * Mails a link to whom the address belongs, if anybody. Answers at once and tells nothing, so that nobody learns who has an account.
     * Asking again within a minute sends nothing more, nor does asking without end for one account: the last link that was mailed works.
     */
    public ResetRequest request(EmailAddress email) {
        if (!mail.configured()) {
            return new ResetRequest.NoMail();
        }
        Optional<ResetPace> counted = pace.stream().findFirst();
        Optional<Duration> wait = counted.flatMap(ResetPace::fromHere);
        if (wait.isPresent()) {
            return new ResetRequest.TooMany(wait.get());
        }
        if (counted.isEmpty() || counted.get().mayMail(email)) {
            Thread.ofVirtual().name("password-reset").start(() -> mailLink(email));
        }
        return new ResetRequest.Taken();
    }

    private void mailLink(EmailAddress email) {
        users.find(email)
                .map(Users.Credentials::user)
                .filter(user -> !user.suspended())
                .flatMap(user -> resets.createUnlessRecent(user.id(), LIFETIME))
                .ifPresent(token -> send(email, token, LIFETIME));
    }

    /** Makes a link for a member, by an administrator. It is mailed, or else handed over where nothing beyond the caller's rights is at stake. */
    @Requires(Permission.MANAGE_MEMBERS)
    public ResetOffer offer(TenantId tenant, Caller caller, UserId user) {
        Optional<Member> member = memberships.find(tenant, user);
        Optional<User> account = users.find(user);
        if (member.isEmpty() || account.isEmpty()) {
            return new ResetOffer.Unknown();
        }
        boolean theirs = caller.mayGive(member.get().role())
                && !account.get().operator()
                && memberships.countEverywhere(user) == 1;
        if (!theirs && !mail.configured()) {
            return new ResetOffer.NotAllowed();
        }
        audit.record(
                tenant,
                caller.actor(),
                "sent a password link to",
                "member",
                user.value(),
                member.get().email().value());
        LinkDelivery link = deliver(account.get());
        return theirs || link.mailed() ? new ResetOffer.Offered(link) : new ResetOffer.NotAllowed();
    }

    /** Makes a link for somebody and mails it; where that fails it is to be handed over. */
    LinkDelivery deliver(User user) {
        LinkToken token = resets.create(user.id(), HANDED_OVER_LIFETIME);
        boolean mailed = mail.configured() && send(user.email(), token, HANDED_OVER_LIFETIME);
        return mailed ? LinkDelivery.MAILED : new LinkDelivery(path(token));
    }

    private boolean send(EmailAddress email, LinkToken token, Duration lifetime) {
        return mail.send(email, "Choose a new password for Switchboard", """
                Somebody, probably you, wants a new password for your account on Switchboard.

                Open this link within %d hours to choose one:
                %s

                If it was not you, there is nothing you need to do; your password stays as it is.
                """.formatted(
                        lifetime.toHours(), mail.link(path(token)))
                .replace("within 1 hours", "within one hour"));
    }

    private static String path(LinkToken token) {
        return "reset/" + token.value();
    }

    /** Whose password a link resets; empty if the link is good for nothing (any more). */
    public Optional<EmailAddress> find(String token) {
        return resets.find(new LinkToken(token)).map(User::email);
    }

    /**
     * Uses a link up and sets the password. Every session and token of the person ends.
     *
     * @return false if the link is good for nothing (any more); of several that use it at once a single one succeeds
     */
    public boolean redeem(String token, String password) {
        Passwords.requireAcceptable(password);
        LinkToken link = new LinkToken(token);
        return resets.find(link).isPresent() && resets.redeem(link, passwords.encode(password));
    }
}
