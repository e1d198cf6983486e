package io.switchboard.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param action a verb in the past tense, for example {@code discarded}
 * @param object kind of the thing acted on, for example {@code reply}
 * @param objectId null for a thing that is known by its name, such as a plan
 */
public record AuditEntry(
        UUID id,
        Instant at,
        Actor actor,
        String action,
        String object,
        @Nullable UUID objectId,
        @Nullable String detail,
        Origin origin) {}
