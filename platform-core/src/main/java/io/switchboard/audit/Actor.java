package io.switchboard.audit;

import io.switchboard.kernel.UserId;

/**
 * Who acts.
 *
 * @param name as people know them, kept with the entry in case the user is removed
 */
public record Actor(UserId id, String name) {}
