package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;

/** A person as the colleagues in one tenant see them. */
public record Member(UserId id, EmailAddress email, String name, Role role) {}
