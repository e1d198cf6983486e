package io.switchboard.conversations;

import org.jspecify.annotations.Nullable;

/** What a message is. Every kind is stored and shown; only some ask for an answer. */
public enum MessageKind {
    TEXT,
    /** A tapped button or list row; the text is its title. */
    CHOICE,
    /** A picture, recording or file; the text is its caption, if any. */
    MEDIA,
    LOCATION,
    CONTACT,
    REACTION,
    /** The customer has changed an earlier message; the text is the new one. */
    EDIT,
    /** The customer has taken an earlier message back. */
    REVOKE,
    /** Something about the customer, such as a new number. */
    SYSTEM,
    /** A person of the organisation wrote to the customer in the provider's own app. */
    ECHO,
    /** The provider could not say what it is, or we do not know it. */
    UNSUPPORTED,
    /** Nothing in it, such as a protocol's event. */
    EMPTY;

    /** True if a message of this kind asks for an answer to its text. */
    boolean answerable(@Nullable String text) {
        return switch (this) {
            case TEXT, CHOICE, MEDIA -> text != null && !text.isBlank();
            case LOCATION, CONTACT, REACTION, EDIT, REVOKE, SYSTEM, ECHO, UNSUPPORTED, EMPTY -> false;
        };
    }

    /** True if a message of this kind asks for an answer, and has no words that the bot could answer. */
    boolean unreadable(@Nullable String text) {
        return switch (this) {
            case MEDIA -> !answerable(text);
            case LOCATION, CONTACT -> true;
            case TEXT, CHOICE, REACTION, EDIT, REVOKE, SYSTEM, ECHO, UNSUPPORTED, EMPTY -> false;
        };
    }

    /** True if providers let us write freely for a while after it. */
    boolean opensWindow() {
        return switch (this) {
            case TEXT, CHOICE, MEDIA, LOCATION, CONTACT, REACTION, UNSUPPORTED -> true;
            case EDIT, REVOKE, SYSTEM, ECHO, EMPTY -> false;
        };
    }
}
