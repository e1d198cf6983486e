package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.database.SystemDatabase;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ContentKeeping;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes every hour what tenants wanted to be kept no longer, and files of which a crash prevented the row. Several processes that sweep
 * at once find less to do, nothing else. A message goes only when its turn is over and its reply has arrived, or never will.
 */
@Component
class RetentionSweep extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSweep.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final int PORTION = 5_000;

    private static final String MESSAGES = """
            delete from inbox where tenant_id = :tenant and ctid = any(array(
              select i.ctid from inbox i
                join conversation v on v.tenant_id = i.tenant_id and v.id = i.conversation_id
                left join reply r on r.tenant_id = i.tenant_id and r.id = i.reply_id
               where i.tenant_id = :tenant and i.received_at < :before and i.seq <= v.done_seq
                 and (r.id is null or r.created_at < :before and r.status in ('SENT', 'DELIVERED', 'READ', 'FAILED', 'HELD'))
               limit :portion))
            """;

    private static final String REPLIES = """
            delete from reply where tenant_id = :tenant and ctid = any(array(
              select r.ctid from reply r
               where r.tenant_id = :tenant and r.created_at < :before and r.status in ('SENT', 'DELIVERED', 'READ', 'FAILED', 'HELD')
                 and not exists (select 1 from inbox i where i.tenant_id = r.tenant_id and i.reply_id = r.id)
               limit :portion))
            """;

    private static final String QUESTIONS = """
            delete from asked_question where tenant_id = :tenant and ctid = any(array(
              select ctid from asked_question where tenant_id = :tenant and asked_at < :before limit :portion))
            """;

    private static final String CONVERSATIONS = """
            delete from conversation where tenant_id = :tenant and ctid = any(array(
              select v.ctid from conversation v
               where v.tenant_id = :tenant and v.last_message_at < :before and v.done_seq = v.last_seq and v.taken_at is null
                 and not exists (select 1 from inbox i where i.tenant_id = v.tenant_id and i.conversation_id = v.id)
                 and not exists (select 1 from reply r where r.tenant_id = v.tenant_id and r.conversation_id = v.id)
               limit :portion for update skip locked))
            """;

    private static final String CONTACTS = """
            delete from contact where tenant_id = :tenant and ctid = any(array(
              select c.ctid from contact c
               where c.tenant_id = :tenant and c.created_at < :before
                 and not exists (select 1 from conversation v where v.tenant_id = c.tenant_id and v.contact_id = c.id)
               limit :portion for update skip locked))
            """;

    private static final String PACES = """
            delete from send_pace where tenant_id = :tenant and ctid = any(array(
              select ctid from send_pace where tenant_id = :tenant and booked_until < :before limit :portion))
            """;

    private static final String RECORDS = """
            update inbox set raw = '{}' where tenant_id = :tenant and ctid = any(array(
              select i.ctid from inbox i
                join conversation v on v.tenant_id = i.tenant_id and v.id = i.conversation_id
               where i.tenant_id = :tenant and i.received_at < :before and i.raw <> '{}' and i.seq <= v.done_seq
               limit :portion))
            """;

    private static final String STATUSES = """
            delete from parked_status where tenant_id = :tenant and ctid = any(array(
              select ctid from parked_status where tenant_id = :tenant and at < :before limit :portion))
            """;

    private final SystemDatabase system;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AuditService audit;
    private final ContentKeeping content;
    private final Clock clock;

    RetentionSweep(
            SystemDatabase system,
            TenantTransactions transactions,
            JdbcClient jdbc,
            AuditService audit,
            ContentKeeping content,
            Clock clock) {
        super("retention-sweep", FIRST, EVERY);
        this.system = system;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.content = content;
        this.clock = clock;
    }

    private record Wish(TenantId tenant, RetentionPolicy policy) {}

    /** Over all tenants. */
    @Override
    protected void round() {
        for (Wish wish : wishes()) {
            try {
                sweep(wish.tenant(), wish.policy());
            } catch (RuntimeException e) {
                LOG.warn(
                        "Old messages of tenant {} could not be removed; the next round tries again", wish.tenant(), e);
            }
        }
        sweepFiles();
    }

    private List<Wish> wishes() {
        return system.jdbc()
                .sql("""
                        select tenant_id, messages_days, records_days from retention_policy
                         where messages_days is not null or records_days is not null
                        """)
                .query((row, number) -> new Wish(
                        new TenantId(row.getObject(1, UUID.class)),
                        new RetentionPolicy(row.getObject(2, Integer.class), row.getObject(3, Integer.class))))
                .list();
    }

    private void sweep(TenantId tenant, RetentionPolicy policy) {
        Instant messages = before(policy.messagesDays());
        long removed = 0;
        if (messages != null) {
            removed += all(tenant, MESSAGES, messages);
            removed += all(tenant, REPLIES, messages);
            removed += all(tenant, QUESTIONS, messages);
            removed += all(tenant, CONVERSATIONS, messages);
            removed += all(tenant, CONTACTS, messages);
            removed += all(tenant, PACES, messages);
            removed += all(tenant, STATUSES, messages);
        }
        Instant records = before(policy.recordsDays());
        long emptied = 0;
        if (records != null) {
            emptied += all(tenant, RECORDS, records);
            removed += all(tenant, STATUSES, records);
        }
        if (removed + emptied > 0) {
            String detail = removed + " rows removed, " + emptied + " records emptied";
            audit.record(tenant, Actor.SYSTEM, "swept", "retention", tenant.value(), detail);
            LOG.info("Retention of tenant {}: {}", tenant, detail);
        }
    }

    private @Nullable Instant before(@Nullable Integer days) {
        return days == null ? null : clock.instant().minus(Duration.ofDays(days));
    }

    private long all(TenantId tenant, String sql, Instant before) {
        OffsetDateTime moment = before.atOffset(ZoneOffset.UTC);
        long total = 0;
        int portion;
        do {
            portion = transactions.call(
                    tenant,
                    () -> jdbc.sql(sql)
                            .param("tenant", tenant.value())
                            .param("before", moment)
                            .param("portion", PORTION)
                            .update());
            total += portion;
        } while (portion == PORTION);
        return total;
    }

    private void sweepFiles() {
        try {
            for (TenantId tenant : content.tenants()) {
                long removed = content.removeAbandoned(tenant);
                if (removed > 0) {
                    LOG.info("{} files of tenant {} that no document refers to were removed", removed, tenant);
                }
            }
        } catch (IOException e) {
            LOG.warn("Files that nothing refers to could not be removed; the next round tries again", e);
        }
    }
}
