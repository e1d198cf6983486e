package io.switchboard.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

    private static final int MANY = 20_000;

    /** As PostgreSQL compares them, byte by byte. */
    private static final Comparator<UUID> ORDER = Comparator.comparing(UUID::toString);

    @Test
    void says_version_and_time() {
        long before = System.currentTimeMillis();
        UUID id = TimeOrderedUuid.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, before + 60_000);
    }

    @Test
    void keeps_the_order_within_a_millisecond() {
        List<UUID> ids = Stream.generate(TimeOrderedUuid::next).limit(MANY).toList();

        assertThat(ids).isSortedAccordingTo(ORDER).doesNotHaveDuplicates();
    }

    @Test
    void keeps_the_order_and_repeats_nothing_where_many_ask_at_once() throws Exception {
        Set<UUID> all = new HashSet<>();
        try (var executor = Executors.newFixedThreadPool(4)) {
            Callable<List<UUID>> asking =
                    () -> Stream.generate(TimeOrderedUuid::next).limit(MANY).toList();
            List<Future<List<UUID>>> asked = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                asked.add(executor.submit(asking));
            }
            for (Future<List<UUID>> answer : asked) {
                assertThat(answer.get()).isSortedAccordingTo(ORDER);
                all.addAll(answer.get());
            }
        }
        assertThat(all).hasSize(4 * MANY);
    }
}
