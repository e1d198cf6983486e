package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.tenancy.NewTenant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Users, their memberships and how they sign in. */
@Service
public class AccessService {

    /** Passwords have 8 to 128 characters. */
    public static final int MIN_PASSWORD_LENGTH = 8;

    /** Checks a password; takes as long for an unknown address as for a wrong password. */
    public SignIn signIn(EmailAddress email, String password) {
        throw new UnsupportedOperationException();
    }

    public Optional<User> findUser(UserId id) {
        throw new UnsupportedOperationException();
    }

    public Optional<User> findUser(EmailAddress email) {
        throw new UnsupportedOperationException();
    }

    /** Memberships in active tenants, by name of the tenant. */
    public List<Membership> memberships(UserId user) {
        throw new UnsupportedOperationException();
    }

    /** Creates a tenant and its first owner, or nothing. */
    public TenantFounding foundTenant(
            NewTenant tenant, EmailAddress ownerEmail, String ownerName, String ownerPassword) {
        throw new UnsupportedOperationException();
    }

    /** Adds a member, creating the user where the address is new. */
    public User addMember(TenantId tenant, EmailAddress email, String name, String password, Role role) {
        throw new UnsupportedOperationException();
    }

    /** Members of a tenant by name. */
    public List<Membership> members(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** Creates the operator if there is none with this address; an existing one keeps its password. */
    public User ensureOperator(EmailAddress email, String password) {
        throw new UnsupportedOperationException();
    }
}
