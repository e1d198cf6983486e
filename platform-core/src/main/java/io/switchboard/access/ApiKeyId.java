package io.switchboard.access;

import io.switchboard.kernel.TimeOrderedUuid;
import java.util.UUID;

/** An API key of a tenant. */
public record ApiKeyId(UUID value) {

    public static ApiKeyId next() {
        return new ApiKeyId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
