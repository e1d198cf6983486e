package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantCreation;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes a tenant together with its owner, in one transaction. */
@Component
class TenantFounder {

    private final SystemDatabase system;
    private final TenancyService tenancy;
    private final Users users;
    private final Memberships memberships;
    private final Passwords passwords;

    TenantFounder(
            SystemDatabase system, TenancyService tenancy, Users users, Memberships memberships, Passwords passwords) {
        this.system = system;
        this.tenancy = tenancy;
        this.users = users;
        this.memberships = memberships;
        this.passwords = passwords;
    }

    TenantFounding found(NewTenant tenant, EmailAddress email, String name, String password) {
        Optional<Users.Credentials> existing = users.find(email);
        if (existing.isPresent() && !passwords.matches(password, existing.get().passwordHash())) {
            return new TenantFounding.OwnerExists();
        }
        String hash = existing.map(Users.Credentials::passwordHash).orElseGet(() -> passwords.encode(password));
        try {
            return system.transaction(() -> foundTogether(tenant, email, name, hash));
        } catch (Refused refused) {
            return refused.outcome;
        }
    }

    private TenantFounding foundTogether(NewTenant newTenant, EmailAddress email, String name, String hash) {
        Tenant tenant = switch (tenancy.create(newTenant)) {
            case TenantCreation.Created(Tenant created) -> created;
            case TenantCreation.SlugTaken() -> throw new Refused(new TenantFounding.SlugTaken());
            case TenantCreation.UnknownPlan() -> throw new Refused(new TenantFounding.UnknownPlan());
        };
        Users.Credentials owner = users.findOrCreate(email, name, hash, false);
        if (!owner.passwordHash().equals(hash)) { // somebody else took the address since we looked
            throw new Refused(new TenantFounding.OwnerExists());
        }
        memberships.add(tenant.id(), owner.user().id(), Role.OWNER);
        return new TenantFounding.Founded(tenant, owner.user());
    }

    /** Rolls the transaction back; a failed statement has spoiled it, and PostgreSQL would not commit it anyway. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient TenantFounding outcome;

        private Refused(TenantFounding outcome) {
            super("tenant not founded: " + outcome);
            this.outcome = outcome;
        }
    }
}
