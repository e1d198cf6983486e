package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.secrets.SecretContext;
import io.switchboard.secrets.SecretsService;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Secrets of channels, encrypted at rest; every call inside a transaction of the tenant. */
@Component
class ChannelCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelCredentials.class);

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

    /** Empty too if it cannot be decrypted: nobody can do anything with it but enter it again. */
    Optional<String> read(TenantId tenant, ChannelId channel, String name) {
        return store.credential(tenant, channel, name).flatMap(ciphertext -> {
            try {
                return Optional.of(secrets.decrypt(place(tenant, channel, name), ciphertext));
            } catch (IllegalStateException e) {
                LOG.error("The {} of channel {} of tenant {} cannot be decrypted", name, channel, tenant, e);
                return Optional.empty();
            }
        });
    }

    private static SecretContext place(TenantId tenant, ChannelId channel, String name) {
        return new SecretContext(tenant, "channel_credential", "ciphertext", channel + "/" + name);
    }

    private static String hint(String secret) {
        return secret.length() < HINTED_FROM_LENGTH ? "" : secret.substring(secret.length() - HINT_LENGTH);
    }
}
