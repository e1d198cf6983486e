package io.switchboard.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.kernel.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantErrandsTest {

    private final TenantId slow = TenantId.next();
    private final TenantId quick = TenantId.next();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger begun = new AtomicInteger();
    private final TenantErrands errands = new TenantErrands("test", 2);

    @AfterEach
    void end() {
        errands.cancel();
    }

    @Test
    void let_another_tenant_go_first_whatever_waits_of_one() {
        for (int i = 0; i < 50; i++) {
            errands.begin(slow, "slow " + i, () -> askSlowly("slow"));
        }
        await().until(() -> begun.get() == 2);
        errands.begin(quick, "quick", () -> done.add("quick"));

        answered.countDown();

        await().until(() -> done.size() == 51);
        assertThat(done.indexOf("quick")).isLessThan(5);
    }

    @Test
    void are_done_once_for_all_that_are_begun_while_one_waits() {
        errands.begin(slow, "a", () -> askSlowly("a"));
        errands.begin(slow, "b", () -> askSlowly("b"));
        await().until(() -> begun.get() == 2);
        errands.begin(slow, "a", () -> done.add("a again"));
        errands.begin(slow, "a", () -> done.add("a once more"));

        answered.countDown();

        await().until(() -> done.size() == 3);
        assertThat(done).containsExactlyInAnyOrder("a", "b", "a again");
    }

    @Test
    void are_given_up_and_may_be_begun_again() {
        errands.begin(slow, "a", () -> askSlowly("a"));
        errands.begin(slow, "b", () -> askSlowly("b"));
        await().until(() -> begun.get() == 2);
        errands.begin(slow, "c", () -> done.add("c"));

        errands.cancel();

        await().until(() -> done.size() == 2);
        assertThat(done).containsOnly("interrupted");
        errands.begin(slow, "c", () -> done.add("c, later"));
        await().until(() -> done.size() == 3);
        assertThat(done).last().isEqualTo("c, later");
    }

    @Test
    void survive_one_that_fails() {
        errands.begin(slow, "a", () -> {
            begun.incrementAndGet();
            throw new IllegalStateException("as it happens");
        });
        errands.begin(slow, "b", () -> {
            begun.incrementAndGet();
            throw new IllegalStateException("as it happens");
        });
        await().until(() -> begun.get() == 2);

        errands.begin(slow, "c", () -> done.add("c"));

        await().until(() -> done.contains("c"));
    }

    private void askSlowly(String what) {
        begun.incrementAndGet();
        try {
            answered.await();
            done.add(what);
        } catch (InterruptedException _) {
            done.add("interrupted");
        }
    }
}
