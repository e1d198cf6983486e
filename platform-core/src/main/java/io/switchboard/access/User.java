package io.switchboard.access;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.UserId;

/**
 * A person who signs in.
 *
 * @param operator true for those who run the installation
 * @param tokenVersion part of every token; raising it ends them all
 */
public record User(UserId id, EmailAddress email, String name, boolean operator, boolean suspended, int tokenVersion) {

    /** As the audit remembers them. */
    public Actor actor() {
        return new Actor(id, name);
    }
}
