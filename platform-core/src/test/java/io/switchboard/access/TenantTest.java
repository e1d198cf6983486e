package io.switchboard.access;

import io.switchboard.permissions.Role;
import io.switchboard.tenancy.Tenant;
import io.switchboardtest.SwitchboardTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A test with a tenant of its own, its owner, and more people as needed. */
@SwitchboardTest
abstract class TenantTest {

    @Autowired
    AccessService access;

    People people;
    Tenant tenant;
    User founder;

    /** The founder as a caller. */
    Caller owner;

    @BeforeEach
    void newTenant() {
        people = new People(access);
        TenantFounding.Founded founded = people.found();
        tenant = founded.tenant();
        founder = founded.owner();
        owner = People.caller(tenant, founder, Role.OWNER);
    }
}
