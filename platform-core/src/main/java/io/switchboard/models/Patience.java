package io.switchboard.models;

import java.time.Duration;

/**
 * How long and how often a provider is asked for one thing.
 *
 * @param timeout of a single call; no longer than the deadline
 * @param deadline of all calls and the waits between them
 * @param attempts calls, the first included
 */
record Patience(Duration timeout, Duration deadline, int attempts) {

    Patience {
        timeout = timeout.compareTo(deadline) < 0 ? timeout : deadline;
    }
}
