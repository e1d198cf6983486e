package io.switchboard.health;

import java.util.Map;

/** What a check found. */
record DependencyState(String name, boolean vital, boolean up, Map<String, Object> details) {}
