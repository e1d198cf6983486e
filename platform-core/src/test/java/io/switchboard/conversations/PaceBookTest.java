package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.conversations.DueReply.PutBack;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceBookTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SendRate FAST = new SendRate(Duration.ofNanos(1000), 1_000_000);

    /** 80 a second, 20 at once. */
    private static final SendRate NUMBER = new SendRate(Duration.ofSeconds(1).dividedBy(80), 20);

    /** One in 6 seconds, 45 at once. */
    private static final SendRate PAIR = new SendRate(Duration.ofSeconds(6), 45);

    private final TenantId tenant = TenantId.next();
    private final ChannelId number = ChannelId.next();
    private final ConversationId alice = ConversationId.next();

    @Test
    void lets_the_burst_leave_and_spaces_what_follows() {
        PaceBook book = new PaceBook(NOON, Map.of());
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            times.add(book.ask(reply(ConversationId.next(), null), new SendRates(NUMBER, FAST))
                    .map(PutBack::at)
                    .orElse(NOON));
        }

        assertThat(times.subList(0, 20)).containsOnly(NOON);
        assertThat(times.get(20)).isEqualTo(NOON.plus(Duration.ofNanos(12_500_000)));
        assertThat(times.get(99)).isEqualTo(NOON.plusSeconds(1));
        assertThat(times).isSorted();
    }

    @Test
    void never_lets_a_customer_have_more_than_the_burst_and_one_in_six_seconds() {
        Map<UUID, Instant> books = new HashMap<>();
        int sent = 0;
        for (int second = 0; second < 600; second++) {
            PaceBook book = new PaceBook(NOON.plusSeconds(second), books);
            while (book.ask(reply(alice, null), new SendRates(FAST, PAIR)).isEmpty()) {
                sent++;
            }
            books.putAll(book.changed());
        }

        assertThat(sent).isEqualTo(45 + 599 / 6);
    }

    @Test
    void says_when_a_customer_may_have_the_next() {
        PaceBook book = new PaceBook(NOON, Map.of(alice.value(), NOON.plusSeconds(45 * 6)));

        assertThat(book.ask(reply(alice, null), new SendRates(NUMBER, PAIR)))
                .get()
                .extracting(PutBack::at, PutBack::slot)
                .containsExactly(NOON.plusSeconds(6), null);
        assertThat(book.changed()).as("what others may use").isEmpty();
    }

    @Test
    void lets_a_reply_leave_that_has_booked_its_number() {
        Map<UUID, Instant> full = Map.of(number.value(), NOON.plusSeconds(60));

        assertThat(new PaceBook(NOON, full).ask(reply(alice, NOON), new SendRates(NUMBER, PAIR)))
                .isEmpty();
        assertThat(new PaceBook(NOON, full).ask(reply(alice, null), new SendRates(NUMBER, PAIR)))
                .isPresent();
    }

    @Test
    void books_no_number_for_longer_than_ten_minutes() {
        Instant last = NOON.plus(PaceBook.LONGEST_WAIT).plus(NUMBER.longestBooking());
        PaceBook book = new PaceBook(NOON, Map.of(number.value(), last));

        Optional<PutBack> back = book.ask(reply(alice, null), new SendRates(NUMBER, PAIR));

        assertThat(back).get().extracting(PutBack::at, PutBack::slot).containsExactly(NOON.plusSeconds(600), null);
        assertThat(book.changed()).isEmpty();
    }

    @Test
    void believes_no_booking_from_a_clock_that_was_put_back() {
        Instant wrong = NOON.plus(Duration.ofHours(1));
        PaceBook book = new PaceBook(NOON, Map.of(number.value(), wrong, alice.value(), wrong));

        assertThat(book.ask(reply(alice, null), new SendRates(NUMBER, PAIR))).isEmpty();
    }

    private DueReply reply(ConversationId conversation, @Nullable Instant slot) {
        return new DueReply(tenant, ReplyId.next(), number, conversation, ChannelProvider.META, NOON, slot);
    }
}
