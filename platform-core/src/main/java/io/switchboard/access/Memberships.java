package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who works for whom: across tenants for one user at sign-in, inside a tenant for its members. */
@Repository
class Memberships {

    private final SystemDatabase system;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    Memberships(SystemDatabase system, TenantTransactions transactions, JdbcClient jdbc) {
        this.system = system;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** False if the user is a member already; the role is left as it is then. */
    boolean add(TenantId tenant, UserId user, Role role) {
        return system.jdbc()
                        .sql("""
                                insert into membership (tenant_id, user_id, role) values (?, ?, ?)
                                on conflict (tenant_id, user_id) do nothing
                                """)
                        .params(tenant.value(), user.value(), role.name())
                        .update()
                == 1;
    }

    /** As {@link #add}, inside the caller's transaction of the tenant. */
    void join(TenantId tenant, UserId user, Role role) {
        jdbc.sql("""
                insert into membership (tenant_id, user_id, role) values (?, ?, ?)
                on conflict (tenant_id, user_id) do nothing
                """).params(tenant.value(), user.value(), role.name()).update();
    }

    /**
     * Counts a tenant's owners, and lets nobody else do so until the caller's transaction ends; so two never see each other as the one who
     * stays. One lock for all of them: locks of their rows, some of which change meanwhile, can wait for each other in a circle.
     */
    long lockOwners(TenantId tenant) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('owners/' || cast(? as text), 0))")
                .param(tenant.value())
                .query((row, number) -> number)
                .list();
        return jdbc.sql("select count(*) from membership where tenant_id = ? and role = 'OWNER'")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    void changeRole(TenantId tenant, UserId user, Role role) {
        jdbc.sql("update membership set role = ? where tenant_id = ? and user_id = ?")
                .params(role.name(), tenant.value(), user.value())
                .update();
    }

    void remove(TenantId tenant, UserId user) {
        jdbc.sql("delete from membership where tenant_id = ? and user_id = ?")
                .params(tenant.value(), user.value())
                .update();
    }

    Optional<Member> find(TenantId tenant, UserId user) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select u.id, u.email, u.name, m.role from membership m join app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and m.user_id = :user
                        """)
                        .param("tenant", tenant.value())
                        .param("user", user.value())
                        .query(Memberships::member)
                        .optional());
    }

    boolean contains(TenantId tenant, EmailAddress email) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select count(*) from membership m join app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and u.email = :email
                        """)
                                .param("tenant", tenant.value())
                                .param("email", email.value())
                                .query(Long.class)
                                .single()
                        > 0);
    }

    /** Memberships of a person in all tenants, suspended ones too. */
    long countEverywhere(UserId user) {
        return system.jdbc()
                .sql("select count(*) from membership where user_id = ?")
                .param(user.value())
                .query(Long.class)
                .single();
    }

    List<Membership> ofUser(UserId user) {
        return system.jdbc()
                .sql("""
                        select m.user_id, m.role, t.*,
                               coalesce(p.second_factor_required, false) and f.user_id is null as closed
                          from membership m
                          join tenant t on t.id = m.tenant_id
                          left join access_policy p on p.tenant_id = m.tenant_id
                          left join second_factor f on f.user_id = m.user_id and f.confirmed_at is not null
                         where m.user_id = ? and t.status = 'ACTIVE'
                         order by t.name, t.id
                        """)
                .param(user.value())
                .query(Memberships::membership)
                .list();
    }

    Slice<Member> ofTenant(TenantId tenant, PageRequest page) {
        List<Member> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select u.id, u.email, u.name, m.role from membership m join app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and (:after::text is null or u.email > :after)
                         order by u.email limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(Memberships::member)
                        .list());
        return Slice.cut(rows, page.limit(), member -> member.email().value());
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(
                new UserId(row.getObject("id", UUID.class)),
                new EmailAddress(row.getString("email")),
                row.getString("name"),
                Role.valueOf(row.getString("role")));
    }

    private static Membership membership(ResultSet row, int number) throws SQLException {
        Tenant tenant = new Tenant(
                new TenantId(row.getObject("id", UUID.class)),
                new Slug(row.getString("slug")),
                row.getString("name"),
                row.getString("plan"),
                TenantStatus.valueOf(row.getString("status")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
        return new Membership(
                new UserId(row.getObject("user_id", UUID.class)),
                tenant,
                Role.valueOf(row.getString("role")),
                row.getBoolean("closed"));
    }
}
