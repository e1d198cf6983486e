package io.switchboard.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailpointTest {

    @Test
    void is_off_unless_asked_for() {
        assertThat(Failpoint.plan(null)).isNull();

        Failpoint.MESSAGE_UNCOMMITTED.hit();
    }

    @Test
    void names_a_place_a_hit_and_a_delay() {
        Failpoint.Plan plan = Failpoint.plan("SEND_BEGUN:3:500");

        assertThat(plan.place()).isEqualTo(Failpoint.SEND_BEGUN);
        assertThat(plan.hitsLeft()).hasValue(3);
        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(Failpoint.plan("TURN_CLAIMED:1").delay()).isZero();
    }

    @Test
    void refuses_what_it_does_not_know() {
        assertThatThrownBy(() -> Failpoint.plan("TURN_CLAIMED")).hasMessageContaining("NAME:n");
        assertThatThrownBy(() -> Failpoint.plan("NOWHERE:1")).hasMessageContaining("NOWHERE");
    }
}
