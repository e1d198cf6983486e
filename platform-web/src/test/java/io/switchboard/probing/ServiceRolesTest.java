package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import io.switchboard.access.ApiKeyService;
import io.switchboard.probing.ServiceOperations.Operation;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Checklist: ASVS 8.2.1, 8.3.1: services hold each role to {@code docs/permissions.md} themselves, should an endpoint or a page forget to.
 */
class ServiceRolesTest extends WebTest {

    @Autowired
    WorldMaker worlds;

    @Autowired
    ApplicationContext context;

    @Autowired
    ApiKeyService keys;

    @Test
    void lets_each_role_in_exactly_where_the_operation_says() {
        ServiceProbe probe = new ServiceProbe(context, worlds.make('a'), worlds.make('b'), access, keys, worlds);

        assertThat(probe.differences()).isEmpty();
        assertThat(probe.calls()).isGreaterThan(13 * 60);
    }

    @Test
    void says_for_every_operation_on_a_tenant_whom_it_is_for() {
        assertThat(ServiceOperations.of(context))
                .filteredOn(operation -> operation.ofTenant() && !operation.guarded() && !operation.internal())
                .extracting(Operation::name)
                .isEmpty();
    }
}
