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
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
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
    private final Aead wrapping;

    TenantKeys(TenantTransactions transactions, JdbcClient jdbc, MasterKey masterKey) throws GeneralSecurityException {
        AeadConfig.register();
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.wrapping = wrappingKey(masterKey.derive("secrets"));
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
                wrapping,
                associatedData(tenant),
                RegistryConfiguration.get());
        return transactions.call(tenant, () -> {
            jdbc.sql("insert into tenant_keyset (tenant_id, keyset) values (?, ?) on conflict (tenant_id) do nothing")
                    .params(tenant.value(), wrapped)
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
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                        wrapped, wrapping, associatedData(tenant), RegistryConfiguration.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] associatedData(TenantId tenant) {
        return ("tenant_keyset|" + tenant).getBytes(StandardCharsets.UTF_8);
    }
}
