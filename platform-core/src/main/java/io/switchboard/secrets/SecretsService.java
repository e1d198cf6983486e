package io.switchboard.secrets;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.stereotype.Service;

/** Encrypts what tenants entrust to us (AES-256-GCM, a key per tenant, wrapped by the master key). */
@Service
public class SecretsService {

    private final TenantKeys keys;

    SecretsService(TenantKeys keys) {
        this.keys = keys;
    }

    /** Encrypts; the same secret gives another ciphertext each time. */
    public byte[] encrypt(SecretContext context, String secret) {
        try {
            return keys.readOrCreate(context.tenant())
                    .encrypt(secret.getBytes(StandardCharsets.UTF_8), associatedData(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "cannot encrypt for " + context + "; was SWITCHBOARD_MASTER_KEY changed?", e);
        }
    }

    /** @throws IllegalStateException if the ciphertext was not made for this context with this installation's keys */
    public String decrypt(SecretContext context, byte[] ciphertext) {
        try {
            Aead key = keys.read(context.tenant())
                    .orElseThrow(() -> new GeneralSecurityException("the tenant has no key"));
            return new String(key.decrypt(ciphertext, associatedData(context)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt " + context + "; was SWITCHBOARD_MASTER_KEY changed?", e);
        }
    }

    private static byte[] associatedData(SecretContext context) {
        return context.associatedData().getBytes(StandardCharsets.UTF_8);
    }
}
