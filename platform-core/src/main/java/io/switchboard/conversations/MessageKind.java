package io.switchboard.conversations;

import org.jspecify.annotations.Nullable;

/** What a customer sent. */
public enum MessageKind {
    TEXT,
    /** A tapped button or list row; the text is its title. */
    CHOICE,
    /** A picture, recording or file; the text is its caption, if any. */
    MEDIA,
    LOCATION,
    CONTACT,
    REACTION,
    EDIT,
    REVOKE,
    SYSTEM,
    UNSUPPORTED;

    /** True if a message of this kind asks for an answer, given its text. */
    boolean answerable(@Nullable String text) {
        return switch (this) {
            case TEXT, CHOICE, MEDIA -> text != null && !text.isBlank();
            case LOCATION, CONTACT, REACTION, EDIT, REVOKE, SYSTEM, UNSUPPORTED -> false;
        };
    }
}
