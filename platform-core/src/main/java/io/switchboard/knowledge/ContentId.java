package io.switchboard.knowledge;

import io.switchboard.kernel.TimeOrderedUuid;
import java.util.UUID;

/** Stored bytes of one tenant. */
public record ContentId(UUID value) {

    public static ContentId next() {
        return new ContentId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
