package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnInputTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void counts_a_message_that_waited_out_an_outage_as_stale() {
        assertThat(turn(sentAgo(Duration.ofHours(6)), sentAgo(Duration.ofMinutes(2)))
                        .staleHead(NOW))
                .isEqualTo(1);
    }

    @Test
    void answers_after_a_short_outage_and_with_a_clock_some_minutes_off() {
        assertThat(turn(sentAgo(Duration.ofMinutes(20))).staleHead(NOW)).isZero();
        assertThat(turn(sentAgo(Duration.ofMinutes(-7))).staleHead(NOW)).isZero();
    }

    @Test
    void takes_a_stamp_from_years_ago_for_a_wrong_clock() {
        assertThat(turn(sentAgo(Duration.ofDays(700))).staleHead(NOW)).isZero();
    }

    @Test
    void takes_what_asks_for_nothing_along_before_a_stale_one_only() {
        TurnInput.Pending reaction = message(false, Duration.ofHours(6), Duration.ZERO);

        assertThat(turn(reaction, sentAgo(Duration.ofHours(5))).staleHead(NOW)).isEqualTo(2);
        assertThat(turn(reaction, sentAgo(Duration.ofMinutes(1))).staleHead(NOW))
                .isZero();
    }

    @Test
    void counts_an_old_picture_as_stale_too() {
        TurnInput.Pending picture = new TurnInput.Pending(1, false, true, "", NOW.minus(Duration.ofHours(6)), NOW);

        assertThat(turn(picture, sentAgo(Duration.ofMinutes(1))).staleHead(NOW)).isEqualTo(1);
    }

    @Test
    void counts_what_waited_in_our_own_inbox_too() {
        assertThat(turn(message(true, Duration.ofHours(2), Duration.ofHours(2))).staleHead(NOW))
                .isEqualTo(1);
    }

    private static TurnInput turn(TurnInput.Pending... pending) {
        return new TurnInput(ChannelId.next(), List.of(pending), List.of(), 0, Duration.ofMinutes(30));
    }

    private static TurnInput.Pending sentAgo(Duration age) {
        return message(true, age, Duration.ZERO);
    }

    private static TurnInput.Pending message(boolean answerable, Duration sentAgo, Duration receivedAgo) {
        return new TurnInput.Pending(1, answerable, false, "Hello", NOW.minus(sentAgo), NOW.minus(receivedAgo));
    }
}
