package io.switchboard.database;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database as the system role sees it: platform tables, and of tenants' tables only the columns that routing and scheduling need.
 * Every class that takes this one can see across tenants, so the list of them is kept by a test.
 */
public final class SystemDatabase {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    SystemDatabase(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Runs work in one transaction of the system role, joining one that is open. */
    public <T extends @Nullable Object> T transaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }
}
