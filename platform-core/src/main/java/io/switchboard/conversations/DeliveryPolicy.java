package io.switchboard.conversations;

import java.time.Duration;

/**
 * What a tenant has decided about late messages and unclear sends.
 *
 * @param answerWithin age up to which a message is answered by the bot; older ones, as they come after an outage, are shown to people
 * @param repeatUnclearSends true to send again what may or may not have arrived, once no status came; false to show it to people
 */
public record DeliveryPolicy(Duration answerWithin, boolean repeatUnclearSends) {

    public static final Duration LONGEST_ANSWER_WITHIN = Duration.ofDays(7);
    public static final DeliveryPolicy DEFAULT = new DeliveryPolicy(Duration.ofMinutes(30), true);

    public DeliveryPolicy {
        if (answerWithin.toMinutes() < 1 || answerWithin.compareTo(LONGEST_ANSWER_WITHIN) > 0) {
            throw new IllegalArgumentException("answerWithin outside 1 minute to 7 days: " + answerWithin);
        }
    }
}
