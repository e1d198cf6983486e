package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.permissions.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

    @ParameterizedTest
    @CsvSource({
        "OWNER, OWNER ADMIN EDITOR AGENT ANALYST",
        "ADMIN, ADMIN EDITOR AGENT ANALYST",
        "EDITOR, EDITOR ANALYST",
        "AGENT, AGENT ANALYST",
        "ANALYST, ANALYST"
    })
    void gives_no_right_away_that_it_has_not(Role role, String given) {
        assertThat(Arrays.stream(Role.values())
                        .filter(role::mayGive)
                        .map(Enum::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(given);
    }
}
