package io.switchboard.faults;

import java.time.Duration;

/**
 * Something that was done to the program.
 *
 * @param fromNanos by {@link System#nanoTime}, as are all times of the harness
 * @param toNanos the same as {@code fromNanos} for a kill
 */
record Incident(Kind kind, long fromNanos, long toNanos) {

    /** The window of docs/reliability.md that an incident opens between a send and the storing of its outcome. */
    enum Kind {
        KILL("kill -9"),
        FREEZE("process frozen"),
        POSTGRES("PostgreSQL down"),
        DATABASE_CUT("connection to PostgreSQL cut"),
        PROVIDER_CUT("connection to the provider cut"),
        PROVIDER_SILENT("provider took the message and did not answer");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }

        /** True if the answer was seen, and storing it failed. */
        boolean afterTheAnswer() {
            return this == POSTGRES || this == DATABASE_CUT;
        }

        /** True if no answer was seen. */
        boolean beforeTheAnswer() {
            return this == PROVIDER_CUT || this == PROVIDER_SILENT;
        }
    }

    /** True if it fell into the time in which a send's outcome was to be learnt and stored. */
    boolean hits(long sentNanos, Duration settling) {
        return toNanos >= sentNanos && fromNanos <= sentNanos + settling.toNanos();
    }
}
