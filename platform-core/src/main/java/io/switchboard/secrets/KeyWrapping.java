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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encrypts data keys with a key derived from the master key. A wrapped key opens under the name it was wrapped for and no other; while the
 * master key is being changed, what the previous one wrapped opens too.
 */
@Component
class KeyWrapping {

    private final Wrapping current;
    private final @Nullable Wrapping previous;

    KeyWrapping(MasterKeys masterKeys) throws GeneralSecurityException {
        AeadConfig.register();
        this.current = Wrapping.of(masterKeys.current());
        Optional<MasterKey> before = masterKeys.previous();
        this.previous = before.isPresent() ? Wrapping.of(before.get()) : null;
    }

    /**
     * What a master key wraps data keys with.
     *
     * @param fingerprint of the master key, kept with what it wrapped
     */
    private record Wrapping(Aead aead, String fingerprint) {

        static Wrapping of(MasterKey key) throws GeneralSecurityException {
            return new Wrapping(wrappingKey(key.derive("secrets")), key.fingerprint());
        }
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

    /** Fingerprint of the master key that new keys are wrapped with. */
    String fingerprint() {
        return current.fingerprint();
    }

    /** A new data key (AES-256-GCM), wrapped. */
    byte[] create(String name) throws GeneralSecurityException {
        return wrap(name, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
    }

    /** Wraps a data key with the current master key; what the key has encrypted stays as it is. */
    byte[] rewrap(String name, byte[] wrapped) throws GeneralSecurityException {
        return wrap(name, open(name, wrapped));
    }

    Aead unwrap(String name, byte[] wrapped) throws GeneralSecurityException {
        return open(name, wrapped).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private byte[] wrap(String name, KeysetHandle key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                key, current.aead(), associatedData(name), RegistryConfiguration.get());
    }

    private KeysetHandle open(String name, byte[] wrapped) throws GeneralSecurityException {
        try {
            return open(name, wrapped, current);
        } catch (GeneralSecurityException e) {
            if (previous == null) {
                throw e;
            }
            return open(name, wrapped, previous);
        }
    }

    private static KeysetHandle open(String name, byte[] wrapped, Wrapping wrapping) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                wrapped, wrapping.aead(), associatedData(name), RegistryConfiguration.get());
    }

    private static byte[] associatedData(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
