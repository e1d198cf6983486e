package io.switchboard.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What came out of one step of an examination.
 *
 * @param step that was examined
 * @param sentence what was found, in plain words
 * @param remedy what a person should do about it; null if nothing
 */
public record Finding(
        Step step, State state, String sentence, @Nullable String remedy) {

    /** What is looked at, in the order in which one thing needs the other. */
    public enum Step {
        TOKEN,
        PERMISSIONS,
        NUMBER,
        SESSION,
        SUBSCRIPTION,
        CALLBACK,
        TEMPLATES,
        FRONT_DOOR,
        DELIVERIES,
        LAST_MESSAGE
    }

    /** From good to bad. */
    public enum State {
        OK,
        /** Could not be found out. */
        UNKNOWN,
        /** Works, and will not for long or not for everybody. */
        WARNING,
        /** Customers are not answered because of it. */
        FAILED
    }

    public static Finding ok(Step step, String sentence) {
        return new Finding(step, State.OK, sentence, null);
    }

    public static Finding unknown(Step step, String sentence, @Nullable String remedy) {
        return new Finding(step, State.UNKNOWN, sentence, remedy);
    }

    public static Finding warning(Step step, String sentence, String remedy) {
        return new Finding(step, State.WARNING, sentence, remedy);
    }

    public static Finding failed(Step step, String sentence, String remedy) {
        return new Finding(step, State.FAILED, sentence, remedy);
    }
}
