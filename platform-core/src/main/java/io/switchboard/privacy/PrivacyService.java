package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A customer's data, handed out or erased, and how long data is kept. Everything is written down in the audit. */
@Service
public class PrivacyService {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final PersonData people;
    private final Receipts receipts;
    private final AuditService audit;

    PrivacyService(
            TenantTransactions transactions,
            JdbcClient jdbc,
            PersonData people,
            Receipts receipts,
            AuditService audit) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.people = people;
        this.receipts = receipts;
        this.audit = audit;
    }

    /** Everything that is stored about the customer of a conversation, as a JSON document; empty if there is no such conversation. */
    @Requires(Permission.MANAGE_PRIVACY)
    public Optional<String> exportPerson(TenantId tenant, ConversationId conversation, Actor actor) {
        return people.export(tenant, conversation, actor);
    }

    /**
     * Removes everything about the customer of a conversation: words, names, numbers, in every table and in memory. Figures of usage stay,
     * which hold no words. A customer who writes on several channels has a conversation on each. Empty if there is no such conversation.
     */
    @Requires(Permission.MANAGE_PRIVACY)
    public Optional<ErasureReceipt> erasePerson(TenantId tenant, ConversationId conversation, Actor actor) {
        return people.erase(tenant, conversation, actor);
    }

    /** What was erased, newest first. */
    @Requires(Permission.MANAGE_PRIVACY)
    public Slice<ErasureReceipt> receipts(TenantId tenant, PageRequest page) {
        return transactions.call(tenant, () -> receipts.list(tenant, page));
    }

    @Requires(Permission.MANAGE_PRIVACY)
    public RetentionPolicy retention(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select messages_days, records_days from retention_policy where tenant_id = ?")
                        .param(tenant.value())
                        .query((row, number) -> new RetentionPolicy(
                                row.getObject("messages_days", Integer.class),
                                row.getObject("records_days", Integer.class)))
                        .optional()
                        .orElse(RetentionPolicy.KEEP));
    }

    /** Takes effect with the next sweep, within the hour. */
    @Requires(Permission.MANAGE_PRIVACY)
    public void saveRetention(TenantId tenant, RetentionPolicy policy, Actor actor) {
        transactions.run(tenant, () -> {
            jdbc.sql("""
                            insert into retention_policy (tenant_id, messages_days, records_days)
                            values (:tenant, :messages, :records)
                            on conflict (tenant_id) do update
                              set messages_days = excluded.messages_days, records_days = excluded.records_days
                            """)
                    .param("tenant", tenant.value())
                    .param("messages", policy.messagesDays())
                    .param("records", policy.recordsDays())
                    .update();
            audit.record(tenant, actor, "changed", "retention", tenant.value(), describe(policy));
        });
    }

    private static String describe(RetentionPolicy policy) {
        return "messages " + days(policy.messagesDays()) + ", records " + days(policy.recordsDays());
    }

    private static String days(@Nullable Integer days) {
        return days == null ? "kept" : days + " days";
    }
}
