package io.switchboard.secrets;

import com.google.crypto.tink.Aead;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The data key of each tenant, made at first use. Keys are read anew for every operation: one kept in memory could outlive a transaction
 * that made it and was rolled back, and what it encrypted would be lost.
 */
@Component
class TenantKeys {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final KeyWrapping wrapping;

    TenantKeys(TenantTransactions transactions, JdbcClient jdbc, KeyWrapping wrapping) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.wrapping = wrapping;
    }

    /**
     * Wraps a tenant's key with the current master key.
     *
     * @return false if neither the current nor the previous master key opens it
     */
    boolean rewrap(TenantId tenant) {
        return transactions.call(tenant, () -> {
            byte[] stored = jdbc.sql("select keyset from tenant_keyset where tenant_id = ? for update")
                    .param(tenant.value())
                    .query(byte[].class)
                    .single();
            try {
                jdbc.sql("update tenant_keyset set keyset = ?, wrapped_by = ? where tenant_id = ?")
                        .params(wrapping.rewrap(name(tenant), stored), wrapping.fingerprint(), tenant.value())
                        .update();
                return true;
            } catch (GeneralSecurityException _) {
                return false;
            }
        });
    }

    /** The tenant's key, made if there is none yet. */
    Aead readOrCreate(TenantId tenant) throws GeneralSecurityException {
        Optional<byte[]> stored = stored(tenant);
        return wrapping.unwrap(name(tenant), stored.isPresent() ? stored.get() : create(tenant));
    }

    /** The tenant's key; empty if nothing was ever encrypted for it. */
    Optional<Aead> read(TenantId tenant) throws GeneralSecurityException {
        Optional<byte[]> stored = stored(tenant);
        return stored.isPresent() ? Optional.of(wrapping.unwrap(name(tenant), stored.get())) : Optional.empty();
    }

    private Optional<byte[]> stored(TenantId tenant) {
        return transactions.call(tenant, () -> select(tenant));
    }

    /** Of several that create at once the first wins; the others wait for its commit and read its key. */
    private byte[] create(TenantId tenant) throws GeneralSecurityException {
        byte[] wrapped = wrapping.create(name(tenant));
        return transactions.call(tenant, () -> {
            jdbc.sql("""
                    insert into tenant_keyset (tenant_id, keyset, wrapped_by) values (?, ?, ?)
                    on conflict (tenant_id) do nothing
                    """)
                    .params(tenant.value(), wrapped, wrapping.fingerprint())
                    .update();
            return select(tenant).orElseThrow();
        });
    }

    private Optional<byte[]> select(TenantId tenant) {
        return jdbc.sql("select keyset from tenant_keyset where tenant_id = ?")
                .param(tenant.value())
                .query(byte[].class)
                .optional();
    }

    private static String name(TenantId tenant) {
        return "tenant_keyset|" + tenant;
    }
}
