package io.switchboard.conversations;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Claims replies that are due, of all tenants; sees states and times of them, never a text. */
@Component
class ReplyQueue {

    private final SystemDatabase system;

    ReplyQueue(SystemDatabase system) {
        this.system = system;
    }

    /**
     * Takes replies to send and writes that their request is about to leave. A reply waits for the ones before it in its conversation:
     * a condition that is asked again at every poll, so a stale answer delays it and never loses it.
     */
    List<SendClaim> claim(int limit, Duration lease) {
        return system.transaction(() -> system.jdbc()
                .sql("""
                        update reply
                           set status = 'SENDING', sending_at = clock_timestamp(), attempts = attempts + 1, token = token + 1,
                               lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                         where (tenant_id, id) in (
                           select r.tenant_id, r.id from reply r
                            where r.next_at <= clock_timestamp() and r.status = 'PENDING'
                              and not exists (
                                select 1 from reply earlier
                                 where earlier.tenant_id = r.tenant_id and earlier.conversation_id = r.conversation_id
                                   and earlier.last_seq < r.last_seq and earlier.status in ('PENDING', 'SENDING', 'UNKNOWN'))
                            order by r.next_at limit :limit for update of r skip locked)
                        returning tenant_id, id, token, attempts
                        """)
                .param("lease", lease.toMillis())
                .param("limit", limit)
                .query((row, number) -> new SendClaim(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new ReplyId(row.getObject("id", UUID.class)),
                        row.getLong("token"),
                        row.getInt("attempts")))
                .list());
    }

    /**
     * Nobody knows what became of a send whose sender died. It becomes UNKNOWN and waits for a status. Where none came within the grace
     * time it is sent again or shown to people, as the tenant has decided.
     *
     * @return how many changed
     */
    int reconcile(Duration grace) {
        int orphans = system.jdbc().sql("""
                        update reply set status = 'UNKNOWN', token = token + 1, lease_until = null,
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
                        """).update();
        return orphans + repeated + stopped;
    }
}
