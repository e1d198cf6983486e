package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import java.time.Instant;

/** Somebody who may join a tenant and has not done so yet. */
public record Invitation(
        InvitationId id, EmailAddress email, Role role, String invitedBy, Instant createdAt, Instant expiresAt) {

    public boolean expired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
