package io.switchboard.conversations;

import io.switchboard.channels.AttachedFile;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.secrets.InstallationSecretsService;
import io.switchboard.tenancy.TenantTransactions;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tokens with which a provider fetches the file of one reply, for an hour. A token is the reply and its end, sealed with the installation's
 * key: it can be neither made nor changed by others, and says nothing to them.
 */
@Component
public class FileLinks {

    private static final Duration LIFETIME = Duration.ofHours(1);

    /** Longer than any of ours. */
    private static final int LONGEST_TOKEN = 200;

    private static final int PAYLOAD = 5 * Long.BYTES;

    private final InstallationSecretsService secrets;
    private final TenantTransactions transactions;
    private final ReplyFileStore files;
    private final Clock clock;

    FileLinks(InstallationSecretsService secrets, TenantTransactions transactions, ReplyFileStore files, Clock clock) {
        this.secrets = secrets;
        this.transactions = transactions;
        this.files = files;
        this.clock = clock;
    }

    /** Of letters, digits, {@code -} and {@code _}. */
    public String token(TenantId tenant, ReplyId reply) {
        byte[] payload = ByteBuffer.allocate(PAYLOAD)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .putLong(reply.value().getMostSignificantBits())
                .putLong(reply.value().getLeastSignificantBits())
                .putLong(clock.instant().plus(LIFETIME).getEpochSecond())
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secrets.encrypt("reply_file", "content", "link", payload));
    }

    /** Empty if the token is not ours or over, or the file is gone. */
    public Optional<AttachedFile> open(String token) {
        return unsealed(token).flatMap(payload -> {
            TenantId tenant = new TenantId(new UUID(payload.getLong(), payload.getLong()));
            ReplyId reply = new ReplyId(new UUID(payload.getLong(), payload.getLong()));
            return Instant.ofEpochSecond(payload.getLong()).isAfter(clock.instant())
                    ? transactions.call(tenant, () -> files.find(tenant, reply))
                    : Optional.empty();
        });
    }

    private Optional<ByteBuffer> unsealed(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(token);
            return Optional.of(ByteBuffer.wrap(secrets.decrypt("reply_file", "content", "link", sealed)))
                    .filter(payload -> payload.remaining() == PAYLOAD);
        } catch (IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }
}
