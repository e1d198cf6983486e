package io.switchboard.access;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The role that somebody has in a tenant at this moment. */
@Repository
class CurrentRoles {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    CurrentRoles(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Empty for whoever does not work for the tenant, or no longer. */
    Optional<Role> find(TenantId tenant, Actor actor) {
        return switch (actor.kind()) {
            case PERSON ->
                transactions.call(
                        tenant,
                        () -> jdbc.sql("select role from membership where tenant_id = ? and user_id = ?")
                                .params(tenant.value(), actor.id())
                                .query((row, number) -> Role.valueOf(row.getString("role")))
                                .optional());
            case API_KEY ->
                transactions.call(
                        tenant,
                        () -> jdbc.sql("""
                                select role from api_key
                                 where tenant_id = ? and id = ? and revoked_at is null and (expires_at is null or expires_at > ?)
                                """)
                                .params(
                                        tenant.value(),
                                        actor.id(),
                                        clock.instant().atOffset(ZoneOffset.UTC))
                                .query((row, number) -> Role.valueOf(row.getString("role")))
                                .optional());
            case SYSTEM -> Optional.empty();
        };
    }
}
