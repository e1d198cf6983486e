package io.switchboard.conversations;

/** Outcome of {@link DeadLetterService#retry} and {@link DeadLetterService#discard}. */
public enum DeadLetterOutcome {
    DONE,
    /** No such dead letter; retried or discarded already, perhaps. */
    UNKNOWN,
    /** The answer failed again; the letter stays. */
    FAILED_AGAIN
}
