package io.switchboard.conversations;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Claims due conversations of all tenants; sees nothing of them but numbers and times. */
@Component
class ConversationQueue {

    private final SystemDatabase system;

    ConversationQueue(SystemDatabase system) {
        this.system = system;
    }

    /**
     * Takes due conversations: of each tenant that has some an equal share, its longest due first; of too many tenants some, by lot. So a
     * tenant's backlog keeps nobody else waiting. The attempt is counted here and not at completion, so a message that kills its worker
     * is counted too. What a suspended tenant's customers write waits until the tenant is active again.
     *
     * <p>The claim does not wait for the disk. Should the database lose one in a crash, its worker is fenced off by the position of the
     * head as soon as another has completed it.
     *
     * @param busy tenants that have their share of this process already
     */
    List<Claim> claim(int limit, Duration lease, Collection<TenantId> busy) {
        return system.jdbc()
                .sql("""
                        with recursive waiting (tenant_id) as (
                          (select tenant_id from conversation where run_at is not null order by tenant_id limit 1)
                          union all
                          select (select c.tenant_id from conversation c
                                   where c.tenant_id > w.tenant_id and c.run_at is not null order by c.tenant_id limit 1)
                            from waiting w where w.tenant_id is not null),
                        served as materialized (
                          select tenant_id from waiting w
                           where tenant_id <> all (:busy)
                             and exists (select 1 from tenant t where t.id = w.tenant_id and t.status = 'ACTIVE')
                             and exists (select 1 from conversation c
                                          where c.tenant_id = w.tenant_id and c.run_at <= statement_timestamp()
                                            and (c.lease_until is null or c.lease_until < statement_timestamp()))
                           order by random() limit :limit),
                        due as materialized (
                          select due.tenant_id, due.id
                            from served cross join lateral (
                              select c.tenant_id, c.id from conversation c
                               where c.tenant_id = served.tenant_id and c.run_at <= statement_timestamp()
                                 and (c.lease_until is null or c.lease_until < statement_timestamp())
                               order by c.run_at limit :limit / (select count(*) from served) for update skip locked) due)
                        update conversation c
                           set token = token + 1, head_attempts = head_attempts + 1,
                               lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                          from due, (select set_config('synchronous_commit', 'off', true)) as no_wait
                         where c.tenant_id = due.tenant_id and c.id = due.id
                        returning c.tenant_id, c.id, c.channel_id, c.token, c.done_seq, c.head_attempts
                        """)
                .param("lease", lease.toMillis())
                .param("busy", busy.stream().map(TenantId::value).toArray(UUID[]::new))
                .param("limit", limit)
                .query(ConversationQueue::claim)
                .list();
    }

    /** Extends a lease; false if the claim is no longer ours. */
    boolean renew(Claim claim, Duration lease) {
        return system.jdbc()
                        .sql("""
                                update conversation set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                                 where tenant_id = :tenant and id = :id and token = :token
                                """)
                        .param("lease", lease.toMillis())
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.conversation().value())
                        .param("token", claim.token())
                        .update()
                == 1;
    }

    /**
     * Hands an unfinished claim back after a delay.
     *
     * @param counts false if the attempt was not the message's fault
     */
    void handBack(Claim claim, Duration delay, boolean counts) {
        system.jdbc()
                .sql("""
                        update conversation
                           set lease_until = null, head_attempts = head_attempts - :uncounted,
                               run_at = clock_timestamp() + :delay * interval '1 millisecond'
                         where tenant_id = :tenant and id = :id and token = :token
                        """)
                .param("uncounted", counts ? 0 : 1)
                .param("delay", delay.toMillis())
                .param("tenant", claim.tenant().value())
                .param("id", claim.conversation().value())
                .param("token", claim.token())
                .update();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new ConversationId(row.getObject("id", UUID.class)),
                new ChannelId(row.getObject("channel_id", UUID.class)),
                row.getLong("token"),
                row.getLong("done_seq"),
                row.getInt("head_attempts"));
    }
}
