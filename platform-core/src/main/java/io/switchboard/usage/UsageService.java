package io.switchboard.usage;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Quotas and the ledger. A reservation is taken before the work and settled with its result, so a budget is never overspent: used plus
 * reserved never exceeds the plan's limit, whoever asks at the same moment.
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
    public Reservation reserve(TenantId tenant, ReservationKey key) {
        Instant now = clock.instant();
        Period period = Period.at(now);
        return transactions.call(tenant, () -> {
            // Everyone locks the reservation before the counter; the second look sees what an equal key did meanwhile.
            boolean held = lockReservation(tenant, key).filter(Reserved::held).isPresent();
            Counter counter = lockCounter(tenant, period);
            if (held || readReservation(tenant, key).filter(Reserved::held).isPresent()) {
                extend(tenant, key, now);
                return new Reservation.Granted(key, counter.remaining());
            }
            if (counter.full()) {
                counter = counter.plusReserved(-lapse(tenant, period, now));
            }
            if (counter.full()) {
                return new Reservation.Exhausted(period.end());
            }
            open(tenant, key, period, now);
            addReserved(tenant, period, 1);
            return new Reservation.Granted(key, counter.plusReserved(1).remaining());
        });
    }

    /** Turns a reservation into usage and writes the ledger row; joins the caller's transaction. Settling twice counts once. */
    public void settle(TenantId tenant, ReservationKey key, Consumption consumption) {
        Instant now = clock.instant();
        transactions.run(tenant, () -> {
            Reserved reserved = lockReservation(tenant, key)
                    .orElseThrow(
                            () -> new IllegalStateException("no reservation " + key.value() + " of tenant " + tenant));
            if (reserved.state() == State.SETTLED) {
                return;
            }
            jdbc.sql("update usage_reservation set state = 'SETTLED' where tenant_id = ? and key = ?")
                    .params(tenant.value(), key.value())
                    .update();
            writeLedger(tenant, key, consumption, now);
            jdbc.sql(
                            "update usage_counter set used = used + 1, reserved = reserved - ? where tenant_id = ? and period = ?")
                    .params(reserved.state() == State.OPEN ? 1 : 0, tenant.value(), reserved.period())
                    .update();
        });
    }

    /** Gives a reservation back; does nothing if it is settled or given back already. */
    public void release(TenantId tenant, ReservationKey key) {
        transactions.run(tenant, () -> {
            Optional<Reserved> reserved = lockReservation(tenant, key).filter(found -> found.state() == State.OPEN);
            if (reserved.isPresent()) {
                jdbc.sql("update usage_reservation set state = 'RELEASED' where tenant_id = ? and key = ?")
                        .params(tenant.value(), key.value())
                        .update();
                addReserved(tenant, new Period(reserved.get().period()), -1);
            }
        });
    }

    public QuotaState quota(TenantId tenant) {
        Period period = Period.at(clock.instant());
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select p.name, p.answers_per_month, coalesce(c.used, 0) as used, coalesce(c.reserved, 0) as reserved
                          from tenant t join plan p on p.name = t.plan
                          left join usage_counter c on c.tenant_id = t.id and c.period = :period
                         where t.id = :tenant
                        """)
                        .param("tenant", tenant.value())
                        .param("period", period.firstDay())
                        .query((row, number) -> new QuotaState(
                                row.getString("name"),
                                row.getObject("answers_per_month", Long.class),
                                row.getLong("used"),
                                row.getLong("reserved"),
                                period.end()))
                        .single());
    }

    /** Days in UTC from {@code from} to {@code to}, both inclusive; days without usage are absent. */
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

    /** Creates the month's row where it is missing and locks it, so that reservations of one tenant queue up here. */
    private Counter lockCounter(TenantId tenant, Period period) {
        jdbc.sql("insert into usage_counter (tenant_id, period) values (?, ?) on conflict do nothing")
                .params(tenant.value(), period.firstDay())
                .update();
        return jdbc.sql("""
                        select c.used, c.reserved, p.answers_per_month
                          from usage_counter c join tenant t on t.id = c.tenant_id join plan p on p.name = t.plan
                         where c.tenant_id = ? and c.period = ? for update of c
                        """)
                .params(tenant.value(), period.firstDay())
                .query((row, number) -> new Counter(
                        row.getObject("answers_per_month", Long.class), row.getLong("used"), row.getLong("reserved")))
                .single();
    }

    private Optional<Reserved> readReservation(TenantId tenant, ReservationKey key) {
        return reservation(tenant, key, "");
    }

    private Optional<Reserved> lockReservation(TenantId tenant, ReservationKey key) {
        return reservation(tenant, key, " for update");
    }

    private Optional<Reserved> reservation(TenantId tenant, ReservationKey key, String lock) {
        return jdbc.sql("select state, period from usage_reservation where tenant_id = ? and key = ?" + lock)
                .params(tenant.value(), key.value())
                .query((row, number) ->
                        new Reserved(State.valueOf(row.getString("state")), row.getObject("period", LocalDate.class)))
                .optional();
    }

    private void open(TenantId tenant, ReservationKey key, Period period, Instant now) {
        jdbc.sql("""
                        insert into usage_reservation (tenant_id, key, period, state, expires_at) values (?, ?, ?, 'OPEN', ?)
                        on conflict (tenant_id, key) do update
                          set state = 'OPEN', period = excluded.period, expires_at = excluded.expires_at
                        """)
                .params(tenant.value(), key.value(), period.firstDay(), expiry(now))
                .update();
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
        addReserved(tenant, period, -lapsed);
        return lapsed;
    }

    private void addReserved(TenantId tenant, Period period, int amount) {
        jdbc.sql("update usage_counter set reserved = reserved + ? where tenant_id = ? and period = ?")
                .params(amount, tenant.value(), period.firstDay())
                .update();
    }

    private void writeLedger(TenantId tenant, ReservationKey key, Consumption consumption, Instant now) {
        ChannelId channel = consumption.channel();
        jdbc.sql("""
                        insert into usage_ledger (tenant_id, id, reservation_key, at, bot_id, channel_id, outcome, model,
                          input_tokens, output_tokens, estimated)
                        values (:tenant, :id, :key, :at, :bot, :channel, :outcome, :model, :input, :output, :estimated)
                        """)
                .param("tenant", tenant.value())
                .param("id", TimeOrderedUuid.next())
                .param("key", key.value())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("bot", consumption.bot().value())
                .param("channel", channel == null ? null : channel.value())
                .param("outcome", consumption.outcome())
                .param("model", consumption.model())
                .param("input", consumption.input().value())
                .param("output", consumption.output().value())
                .param("estimated", consumption.estimated())
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
        SETTLED,
        RELEASED
    }

    private record Reserved(State state, LocalDate period) {

        boolean held() {
            return state != State.RELEASED;
        }
    }
}
