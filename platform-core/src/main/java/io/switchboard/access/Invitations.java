package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of open invitations. Its changes join the caller's transaction of the tenant. */
@Repository
class Invitations {

    private final SystemDatabase system;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    Invitations(SystemDatabase system, TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.system = system;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whose invitation a link is. */
    record Found(TenantId tenant, EmailAddress email, Role role) {}

    void save(TenantId tenant, Invitation invitation, LinkToken token) {
        jdbc.sql("""
                insert into invitation (tenant_id, id, email, role, token_hash, invited_by, created_at, expires_at)
                values (:tenant, :id, :email, :role, :hash, :invitedBy, :createdAt, :expiresAt)
                on conflict (tenant_id, email) do update
                   set id = excluded.id, role = excluded.role, token_hash = excluded.token_hash,
                       invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at
                """)
                .param("tenant", tenant.value())
                .param("id", invitation.id().value())
                .param("email", invitation.email().value())
                .param("role", invitation.role().name())
                .param("hash", token.hash())
                .param("invitedBy", invitation.invitedBy())
                .param("createdAt", invitation.createdAt().atOffset(ZoneOffset.UTC))
                .param("expiresAt", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Slice<Invitation> list(TenantId tenant, PageRequest page) {
        List<Invitation> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select * from invitation
                         where tenant_id = :tenant and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(Invitations::invitation)
                        .list());
        return Slice.cut(rows, page.limit(), row -> row.id().toString());
    }

    /** Answers the guest's address; empty if there is no such invitation. */
    Optional<String> delete(TenantId tenant, InvitationId id) {
        return jdbc.sql("delete from invitation where tenant_id = ? and id = ? returning email")
                .params(tenant.value(), id.value())
                .query(String.class)
                .optional();
    }

    /** Looks across tenants, as a link does not say to which it belongs. */
    Optional<Found> find(LinkToken token) {
        return system.jdbc()
                .sql("select tenant_id, email, role from invitation where token_hash = ? and expires_at > ?")
                .params(token.hash(), now())
                .query((row, number) -> new Found(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new EmailAddress(row.getString("email")),
                        Role.valueOf(row.getString("role"))))
                .optional();
    }

    /** Holds the invitation until the caller's transaction ends. Others wait, and find it gone if it was used meanwhile. */
    Optional<Role> lock(TenantId tenant, LinkToken token) {
        return jdbc.sql(
                        "select role from invitation where tenant_id = ? and token_hash = ? and expires_at > ? for update")
                .params(tenant.value(), token.hash(), now())
                .query(String.class)
                .optional()
                .map(Role::valueOf);
    }

    void use(TenantId tenant, LinkToken token) {
        jdbc.sql("delete from invitation where tenant_id = ? and token_hash = ?")
                .params(tenant.value(), token.hash())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        return new Invitation(
                new InvitationId(row.getObject("id", UUID.class)),
                new EmailAddress(row.getString("email")),
                Role.valueOf(row.getString("role")),
                row.getString("invited_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
