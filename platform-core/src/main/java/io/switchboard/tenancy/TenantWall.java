package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Tells PostgreSQL at the start of every runtime transaction whose rows it may show; without a tenant it shows none. */
@Component
class TenantWall implements TransactionExecutionListener {

    private final JdbcClient jdbc;

    TenantWall(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        TenantId tenant = TenantScope.current();
        if (beginFailure == null && tenant != null) {
            jdbc.sql("select set_config('app.tenant', ?, true)")
                    .param(tenant.value().toString())
                    .query(String.class)
                    .single();
        }
    }
}
