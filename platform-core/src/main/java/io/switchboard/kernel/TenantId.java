package io.switchboard.kernel;

import java.util.UUID;

/** An organisation on this installation. */
public record TenantId(UUID value) {

    public static TenantId next() {
        return new TenantId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
