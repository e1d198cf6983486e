package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.switchboard.models.ProviderException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderCallsTest {

    private static final Patience ONCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ProviderCalls calls = new ProviderCalls("test", 3, 2, PAUSE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
        calls.close();
    }

    @Test
    void says_when_a_provider_may_be_asked_again_that_failed_too_often() {
        fail("alice", 5);

        assertNotAsked("alice")
                .satisfies(e -> assertThat(e.retryAfter().orElseThrow()).isBetween(PAUSE, Duration.ofSeconds(1)));
    }

    @Test
    void asks_again_after_the_pause() {
        fail("alice", 5);

        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(calls.call("alice", ONCE, () -> "back")).isEqualTo("back"));
    }

    @Test
    void lets_only_a_few_try_whether_the_provider_is_back() {
        try (ProviderCalls many = new ProviderCalls("test", 100, 100, PAUSE)) {
            fail(many, "alice", 5);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                Future<?> _ = hang(many, "alice");
                return running.get() > 0;
            });

            List<Future<String>> more =
                    Stream.generate(() -> hang(many, "alice")).limit(20).toList();
            await().until(() -> more.stream().filter(Future::isDone).count() >= 18);

            assertThat(running.get()).isEqualTo(2);
        }
    }

    @Test
    void keeps_one_tenants_failures_from_another() {
        fail("alice", 5);

        assertThat(calls.call("bob", ONCE, () -> "fine")).isEqualTo("fine");
    }

    @Test
    void does_not_blame_the_provider_for_requests_that_it_refuses() {
        for (int call = 0; call < 10; call++) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> calls.call("alice", ONCE, () -> {
                        throw new ProviderHttp.Refused(400, "too long", null);
                    }))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REQUEST));
        }

        assertThat(calls.call("alice", ONCE, () -> "fine")).isEqualTo("fine");
    }

    @Test
    void leaves_room_for_others_when_one_tenant_has_its_share() {
        hang("alice");
        hang("alice");
        await().until(() -> running.get() == 2);
        Future<?> third = threads.submit(() -> calls.call("alice", ONCE, () -> "late"));

        assertThat(calls.call("bob", ONCE, () -> "at once")).isEqualTo("at once");
        assertThat(third.isDone()).isFalse();
    }

    @Test
    void lets_nobody_wait_for_a_free_call_beyond_the_deadline() {
        hang("alice");
        hang("alice");
        await().until(() -> running.get() == 2);
        Patience little = new Patience(Duration.ofMillis(200), Duration.ofMillis(200), 1);

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> calls.call("alice", little, () -> "never"))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.NOT_ASKED);
                    assertThat(e.retryAfter()).isPresent();
                });
    }

    @Test
    void runs_no_more_calls_than_allowed_for_all_together() {
        hang("alice");
        hang("bob");
        hang("carol");
        await().until(() -> running.get() == 3);
        Patience little = new Patience(Duration.ofMillis(200), Duration.ofMillis(200), 1);

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> calls.call("dave", little, () -> "never"))
                .withMessageContaining("too many calls");
    }

    private void hang(String tenant) {
        Future<?> _ = hang(calls, tenant);
    }

    private Future<String> hang(ProviderCalls calls, String tenant) {
        return threads.submit(() -> calls.call(tenant, ONCE, () -> {
            running.incrementAndGet();
            end.await();
            return "";
        }));
    }

    private void fail(String tenant, int times) {
        fail(calls, tenant, times);
    }

    private static void fail(ProviderCalls calls, String tenant, int times) {
        for (int call = 0; call < times; call++) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> calls.call(tenant, ONCE, () -> {
                        throw new IOException("connection reset");
                    }))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PASSING));
        }
    }

    private ThrowableAssertAlternative<ProviderException> assertNotAsked(String tenant) {
        return assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> calls.call(tenant, ONCE, () -> "asked"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ASKED));
    }
}
