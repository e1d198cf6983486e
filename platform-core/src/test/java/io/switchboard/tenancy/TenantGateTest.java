package io.switchboard.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchboard.kernel.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantGateTest {

    private final TenantId loud = TenantId.next();
    private final TenantId quiet = TenantId.next();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> callers = new ArrayList<>();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void lets_tenants_in_by_turns() {
        TenantGate gate = new TenantGate(1);
        CountDownLatch open = occupy(gate);
        for (int i = 1; i <= 50; i++) {
            queue(gate, loud, "loud " + i);
        }
        queue(gate, quiet, "quiet 1");
        queue(gate, quiet, "quiet 2");

        open.countDown();

        await().until(() -> order.size() == 52);
        assertThat(order).startsWith("loud 1", "quiet 1", "loud 2", "quiet 2", "loud 3", "loud 4");
    }

    @Test
    void lets_no_more_in_than_there_are_places() {
        TenantGate gate = new TenantGate(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            TenantId tenant = i % 2 == 0 ? loud : quiet;
            call(gate, tenant, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1_000);
                return inside.decrementAndGet();
            });
        }
        await().until(() -> callers.stream().allMatch(Future::isDone));
        assertThat(most.get()).isBetween(1, 3);
        assertThat(inside).hasValue(0);
    }

    @Test
    void passes_the_place_on_when_the_work_fails_or_a_caller_no_longer_waits() {
        TenantGate gate = new TenantGate(1);
        assertThatThrownBy(() -> gate.call(loud, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        CountDownLatch open = occupy(gate);
        queue(gate, loud, "impatient");
        Future<?> impatient = callers.getLast();
        queue(gate, quiet, "patient");

        impatient.cancel(true);
        await().until(() -> gate.waiting() == 1);
        open.countDown();

        await().until(() -> order.contains("patient"));
        assertThat(order).containsExactly("patient");
        assertThat(gate.<String>call(loud, () -> "free again")).isEqualTo("free again");
    }

    /** Takes the only place until the latch is opened. */
    private CountDownLatch occupy(TenantGate gate) {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        call(gate, loud, () -> {
            inside.countDown();
            return awaited(open);
        });
        awaited(inside);
        return open;
    }

    private void queue(TenantGate gate, TenantId tenant, String name) {
        int before = gate.waiting();
        call(gate, tenant, () -> order.add(name));
        await().until(() -> gate.waiting() == before + 1);
    }

    private void call(TenantGate gate, TenantId tenant, Supplier<?> work) {
        callers.add(threads.submit(() -> gate.call(tenant, work)));
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
