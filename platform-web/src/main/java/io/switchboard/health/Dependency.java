package io.switchboard.health;

import java.util.Map;

/**
 * Something the program needs.
 *
 * @param vital without it nothing works; otherwise answers get worse or documents wait
 */
record Dependency(String name, boolean vital, Check check) {

    /** Asks the dependency for a sign of life. */
    @FunctionalInterface
    interface Check {

        /** @return what operators want to know about it */
        Map<String, Object> call() throws Exception;
    }
}
