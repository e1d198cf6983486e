package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.Tenant;
import java.util.UUID;

/** Makes tenants and people that no other test knows. */
final class People {

    static final String PASSWORD = "correct horse battery";

    private final AccessService access;

    People(AccessService access) {
        this.access = access;
    }

    /** A new tenant and its owner. */
    TenantFounding.Founded found() {
        Slug slug = new Slug("a-" + UUID.randomUUID().toString().substring(0, 13));
        return (TenantFounding.Founded) access.foundTenant(
                new NewTenant("Tenant " + slug, slug, "standard"), address("owner"), "Olivia Owner", PASSWORD);
    }

    User add(Tenant tenant, Role role) {
        return add(tenant, role, address(role.name()));
    }

    User add(Tenant tenant, Role role, EmailAddress email) {
        return ((MemberAddition.Added) access.addMember(tenant.id(), email, "Member " + role, PASSWORD, role)).user();
    }

    static Caller caller(Tenant tenant, User user, Role role) {
        return new Caller(new Identity.Person(user), tenant, role);
    }

    static EmailAddress address(String name) {
        return new EmailAddress(name + "-" + UUID.randomUUID() + "@example.org");
    }
}
