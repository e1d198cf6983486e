package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to a tenant's rows: a transaction of the runtime role in which PostgreSQL shows that tenant's rows and no others. There is
 * no other way to open one, so there is no access without a tenant.
 */
@Component
public class TenantTransactions {

    private final TransactionTemplate template;

    TenantTransactions(PlatformTransactionManager transactionManager) {
        this.template = new TransactionTemplate(transactionManager);
    }

    /**
     * Runs work in one transaction, joining one of the same tenant that is open.
     *
     * @throws IllegalStateException if a transaction of another tenant is open
     */
    public <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work) {
        TenantId open = TenantScope.current();
        if (open != null && !open.equals(tenant)) {
            throw new IllegalStateException("tenant " + tenant + " asked for inside a transaction of tenant " + open);
        }
        return ScopedValue.where(TenantScope.CURRENT, tenant)
                .<T, RuntimeException>call(() -> template.execute(status -> work.get()));
    }

    /** As {@link #call}, without a result. */
    public void run(TenantId tenant, Runnable work) {
        this.<@Nullable Void>call(tenant, () -> {
            work.run();
            return null;
        });
    }
}
