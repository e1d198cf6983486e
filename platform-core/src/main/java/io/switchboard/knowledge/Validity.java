package io.switchboard.knowledge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for knowledge, and until when it holds.
 *
 * @param owner in the tenant's words; null: nobody
 * @param until from when on it is in no answer; null: it holds for ever
 */
public record Validity(@Nullable String owner, @Nullable Instant until) {

    public static final Validity UNLIMITED = new Validity(null, null);
}
