package io.switchboard.conversations;

import org.jspecify.annotations.Nullable;

/** PostgreSQL's text has no NUL; nothing a person types has either. */
final class Storable {

    private Storable() {}

    static String text(String text) {
        return text.replace("\0", "");
    }

    static @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }
}
