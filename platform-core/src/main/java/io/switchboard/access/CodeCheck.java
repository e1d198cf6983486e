package io.switchboard.access;

/** Outcome of a check of a second factor. */
public enum CodeCheck {
    RIGHT,
    /** Wrong, or used before. */
    WRONG,
    /** There were too many wrong ones; ten minutes of patience help. */
    TOO_MANY_ATTEMPTS
}
