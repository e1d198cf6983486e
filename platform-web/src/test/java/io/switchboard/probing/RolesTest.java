package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import io.switchboard.access.ApiKeyService;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each role, as a person and as an API key, calls each endpoint, and is let in exactly where {@code docs/permissions.md} says.
 *
 * <p>Checklist: ASVS 8.2.1 and 8.3.1.
 */
class RolesTest extends WebTest {

    @Autowired
    WorldMaker worlds;

    @Autowired
    Endpoints endpoints;

    @Autowired
    ApiKeyService keys;

    @Test
    void lets_each_role_in_exactly_where_the_endpoint_says() {
        RoleProbe probe = new RoleProbe(
                endpoints, URI.create("http://localhost:" + port), worlds.make('a'), access, keys, worlds);

        assertThat(probe.differences()).isEmpty();
        assertThat(probe.calls()).isGreaterThan(12 * 45);
    }
}
