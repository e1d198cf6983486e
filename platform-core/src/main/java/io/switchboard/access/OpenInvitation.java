package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;

/**
 * What the holder of a link sees of the invitation.
 *
 * @param tenant name of the organisation
 * @param accountExists whether the guest has an account already, and joins with it after signing in
 */
public record OpenInvitation(String tenant, EmailAddress email, Role role, boolean accountExists) {}
