package io.switchboard.access;

import io.switchboard.permissions.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key by which a program acts for its tenant.
 *
 * @param prefix the beginning of the key, by which people recognise it
 * @param createdBy name of the person or key that made it
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: not yet
 */
public record ApiKey(
        ApiKeyId id,
        String name,
        Role role,
        String prefix,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    public boolean expired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
