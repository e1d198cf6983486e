package io.switchboard.conversations;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.conversations.DueReply.PutBack;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantPlaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Claims replies that are due, of all tenants; sees states and times of them, never a text. */
@Component
class ReplyQueue {

    private final SystemDatabase system;
    private final SendPace pace;

    ReplyQueue(SystemDatabase system, SendPace pace) {
        this.system = system;
        this.pace = pace;
    }

    /**
     * What one claim brought.
     *
     * @param putBack how many were due but not yet allowed to leave; others may wait behind them
     * @param untilNext the shortest wait among those
     */
    record Round(List<SendClaim> claims, int putBack, Duration untilNext) {

        int size() {
            return claims.size() + putBack;
        }
    }

    /**
     * Takes replies to send and writes that their request is about to leave. A reply waits for the ones before it in its conversation:
     * a condition that is asked again at every poll, so a stale answer delays it and never loses it. Tenants share the claim evenly. What
     * may not leave yet comes back at the time when it may, no attempt counted. What was written for a suspended tenant waits until the
     * tenant is active again.
     *
     * @param places of which no tenant is given more than it may have
     */
    Round claim(int limit, Duration lease, TenantPlaces places) {
        return system.transaction(() -> {
            List<DueReply> due = due(limit, places);
            if (due.isEmpty()) {
                return new Round(List.of(), 0, Duration.ZERO);
            }
            Instant now = due.getFirst().found();
            SendPace.Plan plan = pace.plan(due, now);
            putBack(plan.later());
            return new Round(
                    take(plan.now(), lease),
                    plan.later().size(),
                    plan.later().stream()
                            .map(later -> Duration.between(now, later.at()))
                            .min(Duration::compareTo)
                            .orElse(Duration.ZERO));
        });
    }

    /**
     * Locks what is due, an equal share of each tenant that has something; of too many tenants some, by lot. The reply before is asked for
     * row by row; a join would read the whole backlog.
     */
    private List<DueReply> due(int limit, TenantPlaces places) {
        Map<TenantId, Integer> taken = places.taken();
        return system.jdbc()
                .sql("""
                        with recursive waiting (tenant_id) as (
                          (select tenant_id from reply where status = 'PENDING' order by tenant_id limit 1)
                          union all
                          select (select r.tenant_id from reply r
                                   where r.tenant_id > w.tenant_id and r.status = 'PENDING' order by r.tenant_id limit 1)
                            from waiting w where w.tenant_id is not null),
                        served as materialized (
                          select tenant_id, free
                            from (select tenant_id, :places - coalesce((:taken)[array_position(:busy, tenant_id)], 0) as free
                                    from waiting) w
                           where free > 0
                             and exists (select 1 from tenant t where t.id = w.tenant_id and t.status = 'ACTIVE')
                             and exists (select 1 from reply r
                                          where r.tenant_id = w.tenant_id and r.status = 'PENDING' and r.next_at <= statement_timestamp())
                           order by random() limit :limit)
                        select due.tenant_id, due.id, due.channel_id, due.conversation_id, due.slot_at, route.provider,
                               clock_timestamp() as found
                          from served cross join lateral (
                            select r.tenant_id, r.id, r.channel_id, r.conversation_id, r.slot_at, r.next_at from reply r
                             where r.tenant_id = served.tenant_id and r.status = 'PENDING' and r.next_at <= statement_timestamp()
                               and (select earlier.id from reply earlier
                                     where earlier.tenant_id = r.tenant_id and earlier.conversation_id = r.conversation_id
                                       and earlier.last_seq < r.last_seq and earlier.status in ('PENDING', 'SENDING', 'UNKNOWN')
                                     order by earlier.last_seq limit 1) is null
                             order by r.next_at limit least(served.free, :limit / (select count(*) from served))
                             for update of r skip locked) due
                          join channel_route route on route.tenant_id = due.tenant_id and route.channel_id = due.channel_id
                         order by due.next_at
                        """)
                .param("limit", limit)
                .param("places", places.ofTenant())
                .param("busy", taken.keySet().stream().map(TenantId::value).toArray(UUID[]::new))
                .param("taken", taken.values().toArray(Integer[]::new))
                .query((row, number) -> new DueReply(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new ReplyId(row.getObject("id", UUID.class)),
                        new ChannelId(row.getObject("channel_id", UUID.class)),
                        new ConversationId(row.getObject("conversation_id", UUID.class)),
                        ChannelProvider.valueOf(row.getString("provider")),
                        row.getObject("found", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("slot_at", OffsetDateTime.class))))
                .list();
    }

    private List<SendClaim> take(List<DueReply> replies, Duration lease) {
        if (replies.isEmpty()) {
            return List.of();
        }
        return system.jdbc()
                .sql("""
                        update reply r
                           set status = 'SENDING', sending_at = clock_timestamp(), attempts = attempts + 1, token = token + 1,
                               lease_until = clock_timestamp() + :lease * interval '1 millisecond', slot_at = null
                          from unnest(:tenants, :replies) as taken (tenant_id, id)
                         where r.tenant_id = taken.tenant_id and r.id = taken.id
                        returning r.tenant_id, r.id, r.token, r.attempts
                        """)
                .param("lease", lease.toMillis())
                .param(
                        "tenants",
                        replies.stream().map(reply -> reply.tenant().value()).toArray(UUID[]::new))
                .param(
                        "replies",
                        replies.stream().map(reply -> reply.id().value()).toArray(UUID[]::new))
                .query((row, number) -> new SendClaim(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new ReplyId(row.getObject("id", UUID.class)),
                        row.getLong("token"),
                        row.getInt("attempts")))
                .list();
    }

    private void putBack(List<PutBack> later) {
        if (later.isEmpty()) {
            return;
        }
        system.jdbc()
                .sql("""
                        update reply r set next_at = back.at, slot_at = back.slot
                          from unnest(:tenants, :replies, cast(:times as timestamptz[]), cast(:slots as timestamptz[]))
                               as back (tenant_id, id, at, slot)
                         where r.tenant_id = back.tenant_id and r.id = back.id
                        """)
                .param(
                        "tenants",
                        later.stream()
                                .map(back -> back.reply().tenant().value())
                                .toArray(UUID[]::new))
                .param(
                        "replies",
                        later.stream().map(back -> back.reply().id().value()).toArray(UUID[]::new))
                .param("times", later.stream().map(back -> back.at().toString()).toArray(String[]::new))
                .param(
                        "slots",
                        later.stream()
                                .map(back -> Optional.ofNullable(back.slot())
                                        .map(Instant::toString)
                                        .orElse(null))
                                .toArray(String[]::new))
                .update();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * Nobody knows what became of a send whose sender died. It becomes UNKNOWN and waits for a status. Where none came within the grace
     * time it is sent again or shown to people, as the tenant has decided.
     *
     * @return how many changed
     */
    int reconcile(Duration grace) {
        int orphans = system.jdbc().sql("""
                        update reply set status = 'UNKNOWN', token = token + 1, lease_until = null, error_code = 'unclear',
                               error_detail = 'its sender ended before the answer came',
                               next_at = clock_timestamp() + :grace * interval '1 millisecond'
                         where status = 'SENDING' and next_at is not null and lease_until < clock_timestamp()
                        """).param("grace", grace.toMillis()).update();
        int repeated = system.jdbc().sql("""
                        update reply r set status = 'PENDING'
                         where status = 'UNKNOWN' and next_at <= clock_timestamp()
                           and not exists (select 1 from delivery_policy p
                                            where p.tenant_id = r.tenant_id and not p.repeat_unclear_sends)
                        """).update();
        int stopped = system.jdbc().sql("""
                        update reply r set status = 'FAILED', next_at = null, failed_at = clock_timestamp(), error_code = 'unclear',
                               error_detail = 'may or may not have arrived; not repeated by the tenant''s choice'
                         where status = 'UNKNOWN' and next_at <= clock_timestamp()
                           and exists (select 1 from delivery_policy p
                                        where p.tenant_id = r.tenant_id and not p.repeat_unclear_sends)
                        """).update();
        return orphans + repeated + stopped;
    }
}
