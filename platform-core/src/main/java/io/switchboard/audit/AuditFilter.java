package io.switchboard.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; what is null asks for nothing.
 *
 * @param actor part of the name, in any case
 * @param action as written, for example {@code published}
 * @param object as written, for example {@code bot}
 * @param from the first moment
 * @param until the first moment that is too late
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

    public AuditFilter {
        actor = blankToNull(actor);
        action = blankToNull(action);
        object = blankToNull(object);
    }

    /** For {@code like}: what people type is no pattern. */
    @Nullable
    String actorPattern() {
        return actor == null ? null : "%" + actor.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.replace("\0", "").strip();
    }
}
