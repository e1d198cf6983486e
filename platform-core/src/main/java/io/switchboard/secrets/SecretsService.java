package io.switchboard.secrets;

import org.springframework.stereotype.Service;

/** Encrypts what tenants entrust to us (AES-256-GCM, a key per tenant, wrapped by the master key). */
@Service
public class SecretsService {

    public byte[] encrypt(SecretContext context, String secret) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException if the ciphertext was not made for this context with this installation's keys */
    public String decrypt(SecretContext context, byte[] ciphertext) {
        throw new UnsupportedOperationException();
    }
}
