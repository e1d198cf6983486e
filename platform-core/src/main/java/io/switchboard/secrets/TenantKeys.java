package io.switchboard.secrets;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import io.switchboard.installation.MasterKey;
import io.switchboard.installation.MasterKeys;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final Wrapping current;
    private final @Nullable Wrapping previous;

    TenantKeys(TenantTransactions transactions, JdbcClient jdbc, MasterKeys masterKeys)
            throws GeneralSecurityException {
        AeadConfig.register();
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.current = Wrapping.of(masterKeys.current());
        Optional<MasterKey> before = masterKeys.previous();
        this.previous = before.isPresent() ? Wrapping.of(before.get()) : null;
    }

    /**
     * What a master key wraps tenants' keys with.
     *
     * @param fingerprint of the master key, kept with what it wrapped
     */
    private record Wrapping(Aead aead, String fingerprint) {

        static Wrapping of(MasterKey key) throws GeneralSecurityException {
            return new Wrapping(wrappingKey(key.derive("secrets")), key.fingerprint());
        }
    }

    /** Fingerprint of the master key that new keys are wrapped with. */
    String fingerprint() {
        return current.fingerprint();
    }

    /**
     * Wraps a tenant's key with the current master key; what the key has encrypted stays as it is.
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
                byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(
                        open(tenant, stored), current.aead(), associatedData(tenant), RegistryConfiguration.get());
                jdbc.sql("update tenant_keyset set keyset = ?, wrapped_by = ? where tenant_id = ?")
                        .params(wrapped, current.fingerprint(), tenant.value())
                        .update();
                return true;
            } catch (GeneralSecurityException _) {
                return false;
            }
        });
    }

    @AccessesPartialKey // the key is ours: derived from the master key, not taken from a keyset
    private static Aead wrappingKey(byte[] key) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        return AesGcmJce.create(AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .build());
    }

    /** The tenant's key, made if there is none yet. */
    Aead readOrCreate(TenantId tenant) throws GeneralSecurityException {
        Optional<byte[]> stored = stored(tenant);
        return unwrap(tenant, stored.isPresent() ? stored.get() : create(tenant));
    }

    /** The tenant's key; empty if nothing was ever encrypted for it. */
    Optional<Aead> read(TenantId tenant) throws GeneralSecurityException {
        Optional<byte[]> stored = stored(tenant);
        return stored.isPresent() ? Optional.of(unwrap(tenant, stored.get())) : Optional.empty();
    }

    private Optional<byte[]> stored(TenantId tenant) {
        return transactions.call(tenant, () -> select(tenant));
    }

    /** Of several that create at once the first wins; the others wait for its commit and read its key. */
    private byte[] create(TenantId tenant) throws GeneralSecurityException {
        byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
                current.aead(),
                associatedData(tenant),
                RegistryConfiguration.get());
        return transactions.call(tenant, () -> {
            jdbc.sql(
                            "insert into tenant_keyset (tenant_id, keyset, wrapped_by) values (?, ?, ?) on conflict (tenant_id) do nothing")
                    .params(tenant.value(), wrapped, current.fingerprint())
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

    private Aead unwrap(TenantId tenant, byte[] wrapped) throws GeneralSecurityException {
        return open(tenant, wrapped).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private KeysetHandle open(TenantId tenant, byte[] wrapped) throws GeneralSecurityException {
        try {
            return open(tenant, wrapped, current);
        } catch (GeneralSecurityException e) {
            if (previous == null) {
                throw e;
            }
            return open(tenant, wrapped, previous);
        }
    }

    private static KeysetHandle open(TenantId tenant, byte[] wrapped, Wrapping wrapping)
            throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                wrapped, wrapping.aead(), associatedData(tenant), RegistryConfiguration.get());
    }

    private static byte[] associatedData(TenantId tenant) {
        return ("tenant_keyset|" + tenant).getBytes(StandardCharsets.UTF_8);
    }
}
