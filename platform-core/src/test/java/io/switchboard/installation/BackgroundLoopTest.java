package io.switchboard.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {

    private final AtomicInteger rounds = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private final BackgroundLoop failing = new BackgroundLoop("failing", Duration.ZERO, Duration.ofMillis(1)) {
        @Override
        protected void round() {
            rounds.incrementAndGet();
            throw new IllegalStateException("this round fails");
        }
    };

    private final BackgroundLoop hanging = new BackgroundLoop("hanging", Duration.ZERO, Duration.ofMillis(1)) {
        @Override
        protected void round() throws InterruptedException {
            rounds.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }
    };

    @AfterEach
    void stop() {
        failing.stop();
        hanging.stop();
    }

    @Test
    void goes_on_after_a_round_that_failed() {
        failing.start();

        await().until(() -> rounds.get() >= 3);
        assertThat(failing.isRunning()).isTrue();
    }

    @Test
    void interrupts_its_round_when_it_is_stopped_and_begins_no_other() throws InterruptedException {
        hanging.start();
        await().until(() -> rounds.get() == 1);

        hanging.stop();

        interrupted.await();
        assertThat(hanging.isRunning()).isFalse();
        await().during(Duration.ofMillis(50)).until(() -> rounds.get() == 1);
    }

    @Test
    void starts_again_after_it_was_stopped() {
        failing.start();
        failing.stop();
        failing.start();

        await().until(() -> rounds.get() >= 3);
    }
}
