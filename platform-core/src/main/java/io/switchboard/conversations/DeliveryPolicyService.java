package io.switchboard.conversations;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.ShortMemory;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Reads and changes a tenant's {@link DeliveryPolicy}. */
@Service
public class DeliveryPolicyService {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AuditService audit;
    private final ShortMemory<TenantId, DeliveryPolicy> recent = new ShortMemory<>();

    DeliveryPolicyService(TenantTransactions transactions, JdbcClient jdbc, AuditService audit) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Requires(Permission.READ_CHANNELS)
    public DeliveryPolicy find(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select * from delivery_policy where tenant_id = ?")
                        .param(tenant.value())
                        .query((row, number) -> new DeliveryPolicy(
                                Duration.ofMinutes(row.getInt("answer_within_minutes")),
                                row.getBoolean("repeat_unclear_sends")))
                        .optional()
                        .orElse(DeliveryPolicy.DEFAULT));
    }

    /** As {@link #find}, remembered for a moment: for what asks with every message. */
    DeliveryPolicy findRecent(TenantId tenant) {
        return recent.get(tenant, tenant, () -> Optional.of(find(tenant))).orElse(DeliveryPolicy.DEFAULT);
    }

    @Requires(Permission.EDIT_CHANNELS)
    public void save(TenantId tenant, DeliveryPolicy policy) {
        transactions.run(tenant, () -> {
            jdbc.sql("""
                    insert into delivery_policy (tenant_id, answer_within_minutes, repeat_unclear_sends) values (?, ?, ?)
                    on conflict (tenant_id) do update set answer_within_minutes = excluded.answer_within_minutes,
                      repeat_unclear_sends = excluded.repeat_unclear_sends
                    """)
                    .params(tenant.value(), policy.answerWithin().toMinutes(), policy.repeatUnclearSends())
                    .update();
            audit.record(tenant, "changed", "delivery policy", tenant.value(), policy.toString());
        });
        recent.forget(tenant, tenant);
    }
}
