package io.switchboard.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: ASVS 2.4.1 and LLM10. */
@SwitchboardTest
class UsageServiceTest {

    private static final ChannelId CHANNEL = ChannelId.next();

    @Autowired
    UsageService usage;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void refuses_once_the_monthly_budget_is_spent() {
        TenantId tenant = TestTenants.withAnswers(tenancy, 2);

        assertThat(answer(tenant)).isEqualTo(new Reservation.Granted(last, 1L));
        assertThat(answer(tenant)).isEqualTo(new Reservation.Granted(last, 0L));

        assertThat(usage.reserve(tenant, key())).isInstanceOf(Reservation.Exhausted.class);
        assertThat(usage.quota(tenant).spent()).isTrue();
    }

    @Test
    void never_overshoots_when_many_ask_at_once() throws Exception {
        TenantId tenant = TestTenants.withAnswers(tenancy, 7);

        List<Reservation> outcomes = atOnce(40, () -> usage.reserve(tenant, key()));

        assertThat(outcomes).filteredOn(Reservation.Granted.class::isInstance).hasSize(7);
        assertThat(usage.quota(tenant).reserved()).isEqualTo(7);
    }

    @Test
    void refuses_nobody_when_the_first_answers_of_a_month_are_asked_for_at_once() throws Exception {
        for (int month = 0; month < 10; month++) {
            TenantId tenant = TestTenants.withAnswers(tenancy, 100);

            assertThat(atOnce(8, () -> usage.reserve(tenant, key()))).hasOnlyElementsOfType(Reservation.Granted.class);
        }
    }

    @Test
    void reserves_once_for_one_key() throws Exception {
        TenantId tenant = TestTenants.withAnswers(tenancy, 5);
        ReservationKey key = key();

        List<Reservation> outcomes = atOnce(10, () -> usage.reserve(tenant, key));

        assertThat(outcomes).hasSize(10).allMatch(Reservation.Granted.class::isInstance);
        assertThat(usage.quota(tenant).reserved()).isEqualTo(1);
    }

    @Test
    void counts_once_when_settled_twice() {
        TenantId tenant = TestTenants.withAnswers(tenancy, 5);
        ReservationKey key = key();
        usage.reserve(tenant, key);

        usage.settle(tenant, key, consumption());
        usage.settle(tenant, key, consumption());
        usage.release(tenant, key);

        QuotaState quota = usage.quota(tenant);
        assertThat(quota.used()).isEqualTo(1);
        assertThat(quota.reserved()).isZero();
    }

    @Test
    void gives_a_released_answer_back() {
        TenantId tenant = TestTenants.withAnswers(tenancy, 1);
        ReservationKey key = key();
        usage.reserve(tenant, key);

        usage.release(tenant, key);
        usage.release(tenant, key);

        assertThat(usage.quota(tenant).reserved()).isZero();
        assertThat(usage.reserve(tenant, key())).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void gives_back_what_nobody_settled_in_time() {
        TenantId tenant = TestTenants.withAnswers(tenancy, 1);
        usage.reserve(tenant, key());
        transactions.run(
                tenant,
                () -> jdbc.sql(
                                "update usage_reservation set expires_at = now() - interval '1 second' where tenant_id = ?")
                        .param(tenant.value())
                        .update());

        assertThat(usage.reserve(tenant, key())).isInstanceOf(Reservation.Granted.class);
        assertThat(usage.quota(tenant).reserved()).isEqualTo(1);
    }

    @Test
    void sums_a_day_by_channel() {
        TenantId tenant = TestTenants.withAnswers(tenancy, 10);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        answer(tenant);
        answer(tenant);

        List<DailyUsage> days = usage.daily(tenant, today.minusDays(1), today.plusDays(1));

        assertThat(days).hasSize(1);
        assertThat(days.getFirst().channel()).isEqualTo(CHANNEL);
        assertThat(days.getFirst().answers()).isEqualTo(2);
        assertThat(days.getFirst().inputTokens()).isEqualTo(24);
    }

    @Test
    void does_not_show_another_tenants_usage() {
        TenantId mine = TestTenants.withAnswers(tenancy, 10);
        TenantId theirs = TestTenants.withAnswers(tenancy, 10);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        answer(theirs);

        assertThat(usage.daily(mine, today.minusDays(1), today.plusDays(1))).isEmpty();
        assertThat(usage.quota(mine).used()).isZero();
    }

    private ReservationKey last = key();

    private Reservation answer(TenantId tenant) {
        last = key();
        Reservation reservation = usage.reserve(tenant, last);
        usage.settle(tenant, last, consumption());
        return reservation;
    }

    private static ReservationKey key() {
        return new ReservationKey(UUID.randomUUID().toString());
    }

    private static Consumption consumption() {
        return new Consumption(
                BotId.next(), CHANNEL, "ANSWERED", "extractive", new TokenCount(12), new TokenCount(3), false);
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(call))
                    .toList();
            return futures.stream().map(UsageServiceTest::outcome).toList();
        }
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
