package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant BEGUN = Instant.parse("2026-11-21T12:00:00Z");

    private final Pace pace = new Pace(BEGUN, 0.2);

    @Test
    void takes_the_rest_to_go_as_fast_as_the_step_went_so_far() {
        assertThat(pace.left(0.4, BEGUN.plusSeconds(10))).contains(Duration.ofSeconds(30));
        assertThat(pace.left(0.6, BEGUN.plusSeconds(40))).contains(Duration.ofSeconds(40));
    }

    @Test
    void says_nothing_while_too_little_is_known() {
        assertThat(pace.left(0.2, BEGUN.plusSeconds(10))).isEmpty();
        assertThat(pace.left(0.21, BEGUN.plusSeconds(10))).isEmpty();
        assertThat(pace.left(0.5, BEGUN)).isEmpty();
        assertThat(pace.left(1, BEGUN.plusSeconds(10))).isEmpty();
    }
}
