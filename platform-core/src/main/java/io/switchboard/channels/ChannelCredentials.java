package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.secrets.SecretContext;
import io.switchboard.secrets.SecretsService;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Secrets of channels, encrypted at rest; every call inside a transaction of the tenant. */
@Component
class ChannelCredentials {

    private static final int HINT_LENGTH = 4;
    /** A shorter secret would give too much away with its last four characters. */
    private static final int HINTED_FROM_LENGTH = 12;

    private final ChannelStore store;
    private final SecretsService secrets;

    ChannelCredentials(ChannelStore store, SecretsService secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    void save(TenantId tenant, ChannelId channel, Map<String, String> values) {
        values.forEach((name, secret) -> store.saveCredential(
                tenant, channel, name, secrets.encrypt(place(tenant, channel, name), secret), hint(secret)));
    }

    Optional<String> read(TenantId tenant, ChannelId channel, String name) {
        return store.credential(tenant, channel, name)
                .map(ciphertext -> secrets.decrypt(place(tenant, channel, name), ciphertext));
    }

    private static SecretContext place(TenantId tenant, ChannelId channel, String name) {
        return new SecretContext(tenant, "channel_credential", "ciphertext", channel + "/" + name);
    }

    private static String hint(String secret) {
        return secret.length() < HINTED_FROM_LENGTH ? "" : secret.substring(secret.length() - HINT_LENGTH);
    }
}
