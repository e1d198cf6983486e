package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the platform is with the model that writes answers, and how much of it one tenant may use.
 *
 * @param timeout longest time of a single call
 * @param deadline longest time for an answer, with all repeats, waits and the queue before the model
 * @param attempts calls for one answer, the first included
 * @param maxCalls calls at once of this process
 * @param maxCallsPerTenant calls at once of one tenant in this process
 * @param pause how long a model that keeps failing is left alone before it is tried again
 */
@ConfigurationProperties("switchboard.llm")
record CallSettings(
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("3") int attempts,
        @DefaultValue("1000") int maxCalls,
        @DefaultValue("250") int maxCallsPerTenant,
        @DefaultValue("10s") Duration pause) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_CALLS = 100_000;

    CallSettings {
        requireBetween("SWITCHBOARD_LLM_TIMEOUT", timeout);
        requireBetween("SWITCHBOARD_LLM_DEADLINE", deadline);
        requireBetween("SWITCHBOARD_LLM_PAUSE", pause);
        requireBetween("SWITCHBOARD_LLM_ATTEMPTS", attempts, MOST_ATTEMPTS);
        requireBetween("SWITCHBOARD_LLM_MAX_CALLS", maxCalls, MOST_CALLS);
        requireBetween("SWITCHBOARD_LLM_MAX_CALLS_PER_TENANT", maxCallsPerTenant, MOST_CALLS);
    }

    private static void requireBetween(String setting, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new SettingException(setting, "is a time from 100ms to 10m such as 30s, not " + value);
        }
    }

    private static void requireBetween(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new SettingException(setting, "is a number from 1 to " + most + ", not " + value);
        }
    }

    Patience patience() {
        return new Patience(timeout, deadline, attempts);
    }
}
