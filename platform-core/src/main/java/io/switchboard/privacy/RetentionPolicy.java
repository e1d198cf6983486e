package io.switchboard.privacy;

import org.jspecify.annotations.Nullable;

/**
 * How long a tenant keeps what. Null keeps it until somebody erases it.
 *
 * @param messagesDays conversations with everything in them, 7 to 3650 days; providers repeat deliveries for up to 7
 * @param recordsDays what providers sent, word for word, and statuses that fit no message; 1 to 3650 days
 */
public record RetentionPolicy(
        @Nullable Integer messagesDays, @Nullable Integer recordsDays) {

    public static final RetentionPolicy KEEP = new RetentionPolicy(null, null);

    public static final int MIN_MESSAGES_DAYS = 7;
    public static final int MIN_RECORDS_DAYS = 1;
    public static final int MAX_DAYS = 3650;

    public RetentionPolicy {
        require("messagesDays", messagesDays, MIN_MESSAGES_DAYS);
        require("recordsDays", recordsDays, MIN_RECORDS_DAYS);
    }

    private static void require(String name, @Nullable Integer days, int min) {
        if (days != null && (days < min || days > MAX_DAYS)) {
            throw new IllegalArgumentException(name + " outside " + min + " to " + MAX_DAYS + ": " + days);
        }
    }
}
