package io.switchboard.access;

import io.switchboard.kernel.TimeOrderedUuid;
import java.util.UUID;

/** An open invitation of a tenant. */
public record InvitationId(UUID value) {

    public static InvitationId next() {
        return new InvitationId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
