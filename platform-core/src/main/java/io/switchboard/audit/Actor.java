package io.switchboard.audit;

import io.switchboard.kernel.UserId;
import java.util.UUID;

/**
 * Who acts.
 *
 * @param id of the user or the API key
 * @param name as people know them, kept with the entry in case the user or the key is removed
 */
public record Actor(Kind kind, UUID id, String name) {

    /** The program by itself, with nobody asking. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, new UUID(0, 0), "Switchboard");

    /** A person. */
    public Actor(UserId id, String name) {
        this(Kind.PERSON, id.value(), name);
    }

    /** What acts. */
    public enum Kind {
        PERSON,
        API_KEY,
        /** The program itself, by a rule that somebody set. */
        SYSTEM
    }
}
