package io.switchboard.secrets;

import com.google.crypto.tink.Aead;
import io.switchboard.database.SystemDatabase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Encrypts secrets that belong to no tenant, such as what a person's authenticator app shares with us.
 *
 * <p>A person may work for several tenants and sign in before any of them is chosen, so no tenant's key fits: which one would decrypt at the
 * door, and what would happen once that tenant is erased? There is one data key of the installation instead, wrapped by the master key as
 * the tenants' keys are ({@link SecretsService}). Each ciphertext is bound to its table, column and row; one moved elsewhere, to another
 * person for example, does not decrypt. The key is read anew for every operation, for the reason that {@link TenantKeys} gives.
 */
@Service
public class InstallationSecretsService {

    private static final String KEY_NAME = "installation_keyset|1";

    private final SystemDatabase system;
    private final KeyWrapping wrapping;

    InstallationSecretsService(SystemDatabase system, KeyWrapping wrapping) {
        this.system = system;
        this.wrapping = wrapping;
    }

    /** Encrypts; the same secret gives another ciphertext each time. */
    public byte[] encrypt(String table, String column, String row, byte[] secret) {
        try {
            return readOrCreate().encrypt(secret, associatedData(table, column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "cannot encrypt " + table + "." + column + "; was SWITCHBOARD_MASTER_KEY changed?", e);
        }
    }

    /** @throws IllegalStateException if the ciphertext was not made for this place with this installation's key */
    public byte[] decrypt(String table, String column, String row, byte[] ciphertext) {
        try {
            return readOrCreate().decrypt(ciphertext, associatedData(table, column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "cannot decrypt " + table + "." + column + " of " + row + "; was SWITCHBOARD_MASTER_KEY changed?",
                    e);
        }
    }

    /** Of several that create at once the first wins; the others read its key. */
    private Aead readOrCreate() throws GeneralSecurityException {
        Optional<byte[]> stored = select();
        if (stored.isEmpty()) {
            system.jdbc()
                    .sql("""
                            insert into installation_keyset (id, keyset, wrapped_by) values (1, ?, ?)
                            on conflict (id) do nothing
                            """)
                    .params(wrapping.create(KEY_NAME), wrapping.fingerprint())
                    .update();
            stored = select();
        }
        return wrapping.unwrap(KEY_NAME, stored.orElseThrow());
    }

    /**
     * Wraps the installation's key with the current master key, where another one wrapped it.
     *
     * @return false if neither the current nor the previous master key opens it
     */
    boolean rewrap() {
        return system.transaction(() -> {
            Optional<byte[]> stale = system.jdbc()
                    .sql("select keyset from installation_keyset where wrapped_by <> ? for update")
                    .param(wrapping.fingerprint())
                    .query(byte[].class)
                    .optional();
            try {
                if (stale.isPresent()) {
                    system.jdbc()
                            .sql("update installation_keyset set keyset = ?, wrapped_by = ? where id = 1")
                            .params(wrapping.rewrap(KEY_NAME, stale.get()), wrapping.fingerprint())
                            .update();
                }
                return true;
            } catch (GeneralSecurityException _) {
                return false;
            }
        });
    }

    private Optional<byte[]> select() {
        return system.jdbc()
                .sql("select keyset from installation_keyset where id = 1")
                .query(byte[].class)
                .optional();
    }

    private static byte[] associatedData(String table, String column, String row) {
        return ("installation|" + table + "|" + column + "|" + row).getBytes(StandardCharsets.UTF_8);
    }
}
