package io.switchboard.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Buckets buckets = new Buckets(6, Duration.ofMinutes(1), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void gives_what_is_there_and_then_says_how_long_to_wait() {
        takeSix();

        assertThat(buckets.take("alice")).contains(Duration.ofSeconds(10));

        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(buckets.take("alice")).contains(Duration.ofSeconds(6));
    }

    @Test
    void fills_little_by_little() {
        takeSix();

        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(buckets.take("alice")).isEmpty();
        assertThat(buckets.take("alice")).isEmpty();
        assertThat(buckets.take("alice")).isPresent();
    }

    @Test
    void keeps_the_keys_apart() {
        takeSix();

        assertThat(buckets.take("bob")).isEmpty();
    }

    @Test
    void takes_back_what_was_not_meant() {
        takeSix();

        buckets.giveBack("alice");

        assertThat(buckets.take("alice")).isEmpty();
        assertThat(buckets.take("alice")).isPresent();
    }

    private void takeSix() {
        for (int i = 0; i < 6; i++) {
            assertThat(buckets.take("alice")).isEmpty();
        }
    }
}
