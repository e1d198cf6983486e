package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantTransactions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Keys by which programs act for a tenant, each with a role of its own. */
@Service
public class ApiKeyService {

    public static final int MAX_NAME_LENGTH = 80;

    /** How exactly the last use is known; a write for each request would be too many. */
    private static final Duration LAST_USE_STEP = Duration.ofMinutes(1);

    private final SystemDatabase system;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final TenancyService tenancy;
    private final AuditService audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeyService(
            SystemDatabase system,
            TenantTransactions transactions,
            JdbcClient jdbc,
            TenancyService tenancy,
            AuditService audit,
            Clock clock) {
        this.system = system;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a key.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters, for people
     * @param expiresAt null: never
     */
    @Requires(Permission.MANAGE_API_KEYS)
    public ApiKeyCreation create(TenantId tenant, Caller maker, String name, Role role, @Nullable Instant expiresAt) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("a key's name has 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (!maker.mayGive(role)) {
            return new ApiKeyCreation.RoleTooHigh();
        }
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return new ApiKeyCreation.AlreadyExpired();
        }
        ApiKeyText text = ApiKeyText.random(random);
        ApiKeyId id = ApiKeyId.next();
        ApiKey key =
                new ApiKey(id, name.strip(), role, text.prefix(), maker.actor().name(), now, expiresAt, null);
        transactions.run(tenant, () -> {
            insert(tenant, key, text.hash());
            audit.record(tenant, maker.actor(), "created", "API key", id.value(), key.name() + ", " + role);
        });
        return new ApiKeyCreation.Created(key, text.value());
    }

    private void insert(TenantId tenant, ApiKey key, byte[] hash) {
        jdbc.sql("""
                insert into api_key (tenant_id, id, name, role, prefix, hash, created_by, created_at, expires_at)
                values (:tenant, :id, :name, :role, :prefix, :hash, :createdBy, :createdAt, :expiresAt)
                """)
                .param("tenant", tenant.value())
                .param("id", key.id().value())
                .param("name", key.name())
                .param("role", key.role().name())
                .param("prefix", key.prefix())
                .param("hash", hash)
                .param("createdBy", key.createdBy())
                .param("createdAt", utc(key.createdAt()))
                .param("expiresAt", key.expiresAt() == null ? null : utc(key.expiresAt()))
                .update();
    }

    /** Keys that are not revoked, expired ones too; newest first. */
    @Requires(Permission.MANAGE_API_KEYS)
    public Slice<ApiKey> list(TenantId tenant, PageRequest page) {
        List<ApiKey> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select * from api_key
                         where tenant_id = :tenant and revoked_at is null and (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(ApiKeyService::key)
                        .list());
        return Slice.cut(rows, page.limit(), key -> key.id().toString());
    }

    /** Ends a key from its next request on; false if there is none, or it was revoked before. */
    @Requires(Permission.MANAGE_API_KEYS)
    public boolean revoke(TenantId tenant, Caller caller, ApiKeyId id) {
        return transactions.call(tenant, () -> {
            Optional<String> name = jdbc.sql("""
                    update api_key set revoked_at = :now
                     where tenant_id = :tenant and id = :id and revoked_at is null returning name
                    """)
                    .param("now", utc(clock.instant()))
                    .param("tenant", tenant.value())
                    .param("id", id.value())
                    .query(String.class)
                    .optional();
            name.ifPresent(gone -> audit.record(tenant, caller.actor(), "revoked", "API key", id.value(), gone));
            return name.isPresent();
        });
    }

    /** True if the text has the form of a key, known or not. */
    public boolean isKey(String text) {
        return ApiKeyText.parse(text).isPresent();
    }

    /** Whom a key stands for; empty if it is unknown, has expired, was revoked, or its tenant is not active. */
    public Optional<Caller> authenticate(String text) {
        return ApiKeyText.parse(text).flatMap(this::find).flatMap(this::caller);
    }

    private Optional<Found> find(ApiKeyText text) {
        byte[] hash = text.hash();
        return system
                .jdbc()
                .sql("""
                        select tenant_id, id, name, role, hash, last_used_at from api_key
                         where prefix = :prefix and revoked_at is null and (expires_at is null or expires_at > :now)
                        """)
                .param("prefix", text.prefix())
                .param("now", utc(clock.instant()))
                .query(ApiKeyService::found)
                .list()
                .stream()
                .filter(found -> MessageDigest.isEqual(found.hash, hash))
                .findFirst();
    }

    private Optional<Caller> caller(Found found) {
        return tenancy.find(found.tenant).filter(Tenant::active).map(tenant -> {
            noteUse(found);
            return new Caller(new Identity.Key(found.id, found.name), tenant, found.role);
        });
    }

    private void noteUse(Found found) {
        Instant now = clock.instant();
        if (found.lastUsedAt == null || found.lastUsedAt.isBefore(now.minus(LAST_USE_STEP))) {
            system.jdbc()
                    .sql("update api_key set last_used_at = ? where tenant_id = ? and id = ?")
                    .params(utc(now), found.tenant.value(), found.id.value())
                    .update();
        }
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new ApiKeyId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getBytes("hash"),
                instant(row, "last_used_at"));
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                new ApiKeyId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("prefix"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private record Found(
            TenantId tenant,
            ApiKeyId id,
            String name,
            Role role,
            byte[] hash,
            @Nullable Instant lastUsedAt) {}
}
