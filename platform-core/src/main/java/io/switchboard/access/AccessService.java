package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.NewTenant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Users, their memberships and how they sign in. */
@Service
public class AccessService {

    /** Passwords have 8 to 128 characters. */
    public static final int MIN_PASSWORD_LENGTH = 8;

    public static final int MAX_PASSWORD_LENGTH = 128;

    private final Users users;
    private final Memberships memberships;
    private final ApiSessions sessions;
    private final Passwords passwords;
    private final TenantFounder founder;
    private final Accounts accounts;
    private final SecondFactors factors;

    AccessService(
            Users users,
            Memberships memberships,
            ApiSessions sessions,
            Passwords passwords,
            TenantFounder founder,
            Accounts accounts,
            SecondFactors factors) {
        this.users = users;
        this.memberships = memberships;
        this.sessions = sessions;
        this.passwords = passwords;
        this.founder = founder;
        this.accounts = accounts;
        this.factors = factors;
    }

    /** Checks a password; takes as long for an unknown address as for a wrong password. */
    public SignIn signIn(EmailAddress email, String password) {
        Optional<Users.Credentials> known = users.find(email);
        boolean same = passwords.matches(
                password, known.map(Users.Credentials::passwordHash).orElse(null));
        if (!same || known.isEmpty() || known.get().user().suspended()) {
            return new SignIn.Refused();
        }
        User user = known.get().user();
        return factors.isOn(user.id()) ? new SignIn.SecondFactorNeeded(user) : new SignIn.Accepted(user);
    }

    /** Opens a sign-in to the API for a user who has just proved who they are. */
    public ApiSession openSession(User user) {
        return sessions.open(user);
    }

    /** Exchanges a refresh token for the next one. A token that was exchanged before ends its sign-in for everybody. */
    public Refreshing refresh(String refreshToken) {
        return sessions.refresh(refreshToken);
    }

    /** The user of a running API session; empty if the session ended, the user is suspended or the tokens were revoked. */
    public Optional<User> findSignedIn(SessionId session, UserId user, int tokenVersion) {
        return sessions.user(session, user, tokenVersion);
    }

    public void endSession(SessionId session) {
        sessions.end(session);
    }

    /** Ends the sign-in that a refresh token belongs to; does nothing for an unknown one. */
    public void endSession(String refreshToken) {
        sessions.end(refreshToken);
    }

    public Optional<User> findUser(UserId id) {
        return users.find(id);
    }

    public Optional<User> findUser(EmailAddress email) {
        return users.find(email).map(Users.Credentials::user);
    }

    /** Suspends a user everywhere, ending sessions and tokens with their next request, or lets them in again; empty if unknown. */
    @OperatorOnly
    public Optional<User> changeSuspension(UserId user, boolean suspended) {
        return users.changeSuspension(user, suspended);
    }

    /** Memberships in active tenants, by name of the tenant. */
    public List<Membership> memberships(UserId user) {
        return memberships.ofUser(user);
    }

    /** Creates a tenant and its first owner, or nothing. */
    @OperatorOnly
    public TenantFounding foundTenant(
            NewTenant tenant, EmailAddress ownerEmail, String ownerName, String ownerPassword) {
        Passwords.requireAcceptable(ownerPassword);
        return founder.found(tenant, ownerEmail, ownerName, ownerPassword);
    }

    /** Adds a member, creating the user where the address is new; one who exists keeps name and password. */
    @Requires(Permission.MANAGE_MEMBERS)
    public MemberAddition addMember(TenantId tenant, EmailAddress email, String name, String password, Role role) {
        Passwords.requireAcceptable(password);
        Optional<User> user = accounts.prove(email, password).flatMap(proof -> accounts.open(proof, name));
        if (user.isEmpty()) {
            return new MemberAddition.UserExists();
        }
        return memberships.add(tenant, user.get().id(), role)
                ? new MemberAddition.Added(user.get())
                : new MemberAddition.AlreadyMember();
    }

    /** Members of a tenant by address. */
    @Requires(Permission.MANAGE_MEMBERS)
    public Slice<Member> members(TenantId tenant, PageRequest page) {
        return memberships.ofTenant(tenant, page);
    }

    /** Creates the operator if there is none with this address; an existing one keeps its password. */
    public User ensureOperator(EmailAddress email, String password) {
        Optional<User> existing = findUser(email);
        if (existing.isPresent() && existing.get().operator()) {
            return existing.get();
        }
        Passwords.requireAcceptable(password);
        User user = users.findOrCreate(email, email.value(), passwords.encode(password), true)
                .user();
        users.makeOperator(user.id());
        return users.find(user.id()).orElseThrow();
    }
}
