package io.switchboard.usage;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Quotas and the ledger. A reservation is taken before the work and settled with its result, so a budget is never overspent: used plus
 * reserved never exceeds the plan's limit, whoever asks at the same moment. A counter for each month holds that sum.
 */
@Service
public class UsageService {

    /** Longer than any answer takes, so a reservation only lapses when its work died. */
    static final Duration RESERVATION_LIFETIME = Duration.ofMinutes(10);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    UsageService(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Reserves one answer. Reservations that nobody settles lapse after ten minutes. */
    @Internal
    public Reservation reserve(TenantId tenant, ReservationKey key) {
        Instant now = clock.instant();
        Period period = Period.at(now);
        return transactions.call(tenant, () -> {
            Opening opening = open(tenant, key, period, now);
            if (!opening.opened()) {
                extend(tenant, key, now);
                return new Reservation.Granted(key, remaining(tenant, period));
            }
            return opening.left()
                    .or(() -> takeFromNewOrLapsed(tenant, period, now))
                    .<Reservation>map(left -> new Reservation.Granted(key, left.answers()))
                    .orElseGet(() -> {
                        forget(tenant, key);
                        return new Reservation.Exhausted(period.end());
                    });
        });
    }

    /**
     * Turns a reservation into usage and writes the ledger row; joins the caller's transaction. Settling twice counts once. What was
     * reserved is counted as taken already, so the row that all of a tenant's answers share is left alone.
     */
    @Internal
    public void settle(TenantId tenant, ReservationKey key, Consumption consumption) {
        transactions.run(tenant, () -> {
            Instant now = clock.instant();
            if (!settleFrom(State.OPEN, tenant, key, consumption, now)) {
                settleReleased(tenant, key, consumption, now);
            }
        });
    }

    /** Gives a reservation back; does nothing if it is settled or given back already. */
    @Internal
    public void release(TenantId tenant, ReservationKey key) {
        transactions.run(
                tenant,
                () -> jdbc.sql("""
                                update usage_reservation set state = 'RELEASED'
                                 where tenant_id = ? and key = ? and state = 'OPEN' returning period
                                """)
                        .params(tenant.value(), key.value())
                        .query((row, number) -> new Period(row.getObject("period", LocalDate.class)))
                        .optional()
                        .ifPresent(period -> addTaken(tenant, period, -1)));
    }

    @Requires(Permission.READ_USAGE)
    public QuotaState quota(TenantId tenant) {
        Period period = Period.at(clock.instant());
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select p.name, p.answers_per_month, coalesce(c.taken, 0) as taken,
                               (select count(*) from usage_reservation r
                                 where r.tenant_id = t.id and r.state = 'OPEN' and r.period = :period) as reserved
                          from tenant t join plan p on p.name = t.plan
                          left join usage_counter c on c.tenant_id = t.id and c.period = :period
                         where t.id = :tenant
                        """)
                        .param("tenant", tenant.value())
                        .param("period", period.firstDay())
                        .query((row, number) -> new QuotaState(
                                row.getString("name"),
                                row.getObject("answers_per_month", Long.class),
                                row.getLong("taken") - row.getLong("reserved"),
                                row.getLong("reserved"),
                                period.end()))
                        .single());
    }

    /** Days in UTC from {@code from} to {@code to}, both inclusive; days without usage are absent. */
    @Requires(Permission.READ_USAGE)
    public List<DailyUsage> daily(TenantId tenant, LocalDate from, LocalDate to) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select (at at time zone 'UTC')::date as day, channel_id, count(*) as answers,
                               count(*) filter (where outcome = 'ANSWERED') as answered,
                               sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens
                          from usage_ledger
                         where tenant_id = :tenant and at >= :from and at < :end
                         group by 1, 2 order by 1, 2
                        """)
                        .param("tenant", tenant.value())
                        .param("from", from.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .param("end", to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .query(UsageService::dailyUsage)
                        .list());
    }

    /**
     * Opens a reservation unless the key holds one, and counts one more answer if the plan allows it. One statement compares and counts,
     * so no two can take the last answer. Of several that open the same key at once, one waits here for what the other did.
     *
     * <p>The row that all of a tenant's answers share is locked until the commit; waiting for the disk with it would let only one answer
     * begin at a time, so nobody waits. A reservation that a crash of the database takes away is made again by the turn that is tried
     * again; one that is settled is on disk, since the log is written in order.
     */
    private Opening open(TenantId tenant, ReservationKey key, Period period, Instant now) {
        return jdbc.sql("""
                        with no_wait as materialized (select set_config('synchronous_commit', 'off', true)),
                        opened as (
                          insert into usage_reservation (tenant_id, key, period, state, expires_at)
                          values (:tenant, :key, :period, 'OPEN', :expiry)
                          on conflict (tenant_id, key) do update
                            set state = 'OPEN', period = excluded.period, expires_at = excluded.expires_at
                            where usage_reservation.state = 'RELEASED'
                          returning key),
                        counted as (
                          update usage_counter c set taken = c.taken + 1
                            from opened, tenant t join plan p on p.name = t.plan
                           where c.tenant_id = :tenant and c.period = :period and t.id = c.tenant_id
                             and (p.answers_per_month is null or c.taken < p.answers_per_month)
                          returning p.answers_per_month - c.taken as remaining)
                        select exists (select 1 from opened) as opened, exists (select 1 from counted) as taken,
                               (select remaining from counted) as remaining
                          from no_wait
                        """)
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("period", period.firstDay())
                .param("expiry", expiry(now))
                .query((row, number) -> new Opening(
                        row.getBoolean("opened"),
                        row.getBoolean("taken")
                                ? Optional.of(new Left(row.getObject("remaining", Long.class)))
                                : Optional.empty()))
                .single();
    }

    private void forget(TenantId tenant, ReservationKey key) {
        jdbc.sql("delete from usage_reservation where tenant_id = ? and key = ? and state = 'OPEN'")
                .params(tenant.value(), key.value())
                .update();
    }

    /** The month may have no row yet; where the plan has nothing left, what died with its work is given back first. */
    private Optional<Left> takeFromNewOrLapsed(TenantId tenant, Period period, Instant now) {
        jdbc.sql("insert into usage_counter (tenant_id, period) values (?, ?) on conflict do nothing")
                .params(tenant.value(), period.firstDay())
                .update();
        // Whoever made the row: it may have been there for others only since the first look.
        Optional<Left> fromNewRow = takeOne(tenant, period);
        if (fromNewRow.isPresent()) {
            return fromNewRow;
        }
        return lapse(tenant, period, now) > 0 ? takeOne(tenant, period) : Optional.empty();
    }

    /** Empty if there is no row, or nothing left. */
    private Optional<Left> takeOne(TenantId tenant, Period period) {
        return jdbc.sql("""
                        update usage_counter c set taken = c.taken + 1
                          from tenant t join plan p on p.name = t.plan
                         where c.tenant_id = :tenant and c.period = :period and t.id = c.tenant_id
                           and (p.answers_per_month is null or c.taken < p.answers_per_month)
                        returning p.answers_per_month - c.taken as remaining
                        """)
                .param("tenant", tenant.value())
                .param("period", period.firstDay())
                .query((row, number) -> new Left(row.getObject("remaining", Long.class)))
                .optional();
    }

    private @Nullable Long remaining(TenantId tenant, Period period) {
        return jdbc.sql("""
                        select greatest(0, p.answers_per_month - coalesce(c.taken, 0)) as remaining
                          from tenant t join plan p on p.name = t.plan
                          left join usage_counter c on c.tenant_id = t.id and c.period = :period
                         where t.id = :tenant and p.answers_per_month is not null
                        """)
                .param("tenant", tenant.value())
                .param("period", period.firstDay())
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** An answer that came after its reservation was given back counts all the same. */
    private void settleReleased(TenantId tenant, ReservationKey key, Consumption consumption, Instant now) {
        Optional<Period> released = periodOf(tenant, key);
        if (released.isEmpty()) {
            throw new IllegalStateException("no reservation " + key.value() + " of tenant " + tenant);
        }
        if (settleFrom(State.RELEASED, tenant, key, consumption, now)) {
            addTaken(tenant, released.get(), 1);
        }
    }

    private Optional<Period> periodOf(TenantId tenant, ReservationKey key) {
        return jdbc.sql("select period from usage_reservation where tenant_id = ? and key = ?")
                .params(tenant.value(), key.value())
                .query((row, number) -> new Period(row.getObject("period", LocalDate.class)))
                .optional();
    }

    /** Settles a reservation in this state, with its row in the ledger; false if it is in another. */
    private boolean settleFrom(State state, TenantId tenant, ReservationKey key, Consumption consumption, Instant now) {
        ChannelId channel = consumption.channel();
        return jdbc.sql("""
                                with settled as (
                                  update usage_reservation set state = 'SETTLED'
                                   where tenant_id = :tenant and key = :key and state = :state returning key)
                                insert into usage_ledger (tenant_id, id, reservation_key, at, bot_id, channel_id, outcome, model,
                                  input_tokens, output_tokens, estimated)
                                select :tenant, :id, key, :at, :bot, :channel, :outcome, :model, :input, :output, :estimated
                                  from settled
                                """)
                        .param("tenant", tenant.value())
                        .param("key", key.value())
                        .param("state", state.name())
                        .param("id", TimeOrderedUuid.next())
                        .param("at", now.atOffset(ZoneOffset.UTC))
                        .param("bot", consumption.bot().value())
                        .param("channel", channel == null ? null : channel.value())
                        .param("outcome", consumption.outcome())
                        .param("model", consumption.model())
                        .param("input", consumption.input().value())
                        .param("output", consumption.output().value())
                        .param("estimated", consumption.estimated())
                        .update()
                == 1;
    }

    private void extend(TenantId tenant, ReservationKey key, Instant now) {
        jdbc.sql("update usage_reservation set expires_at = ? where tenant_id = ? and key = ?")
                .params(expiry(now), tenant.value(), key.value())
                .update();
    }

    /** Gives back what died with its work; returns how many of this period. */
    private int lapse(TenantId tenant, Period period, Instant now) {
        int lapsed = jdbc.sql("""
                        update usage_reservation set state = 'RELEASED'
                         where tenant_id = :tenant and key in (
                           select key from usage_reservation
                            where tenant_id = :tenant and state = 'OPEN' and period = :period and expires_at < :now
                              for update skip locked)
                        """)
                .param("tenant", tenant.value())
                .param("period", period.firstDay())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        addTaken(tenant, period, -lapsed);
        return lapsed;
    }

    private void addTaken(TenantId tenant, Period period, int amount) {
        jdbc.sql("update usage_counter set taken = taken + ? where tenant_id = ? and period = ?")
                .params(amount, tenant.value(), period.firstDay())
                .update();
    }

    private static OffsetDateTime expiry(Instant now) {
        return now.plus(RESERVATION_LIFETIME).atOffset(ZoneOffset.UTC);
    }

    private static DailyUsage dailyUsage(ResultSet row, int number) throws SQLException {
        UUID channel = row.getObject("channel_id", UUID.class);
        return new DailyUsage(
                row.getObject("day", LocalDate.class),
                channel == null ? null : new ChannelId(channel),
                row.getLong("answers"),
                row.getLong("answered"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"));
    }

    private enum State {
        OPEN,
        RELEASED
    }

    /**
     * What a first look found.
     *
     * @param opened false if the key holds a reservation already
     * @param left empty if nothing was taken: the plan has nothing left, or the month no row
     */
    private record Opening(boolean opened, Optional<Left> left) {}

    /** @param answers left after one was taken; null on a plan without limit */
    private record Left(@Nullable Long answers) {}
}
