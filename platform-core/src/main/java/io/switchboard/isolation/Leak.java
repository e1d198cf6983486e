package io.switchboard.isolation;

/**
 * A hole in the wall.
 *
 * @param where the endpoint or the table, with what was substituted
 * @param what what came through, without the text itself
 */
public record Leak(String where, String what) {

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
