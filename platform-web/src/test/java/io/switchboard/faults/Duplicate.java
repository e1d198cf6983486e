package io.switchboard.faults;

/**
 * A reply that the provider took more than once.
 *
 * @param window of docs/reliability.md in which it was sent again; empty if nothing that was done explains it
 */
record Duplicate(String reply, String customer, int times, long gapMillis, String window, String cause) {

    boolean explained() {
        return !window.isEmpty();
    }

    @Override
    public String toString() {
        return "reply %s to %s: %d times, %.1f s apart; %s: %s"
                .formatted(reply, customer, times, gapMillis / 1000.0, explained() ? window : "UNEXPLAINED", cause);
    }
}
