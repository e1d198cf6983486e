package io.switchboard.outbound;

import io.switchboard.outbound.ProviderClient.Response;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads when a provider wants to be asked again (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    /** A longer wait is not meant. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private RetryAfter() {}

    /**
     * From {@code retry-after-ms}, which some model providers send, or {@code Retry-After} in seconds or as a date.
     *
     * @return an hour at most; empty if the provider does not say, or says it in another form or of a moment that is over
     */
    public static Optional<Duration> of(Response answer) {
        return answer.header("retry-after-ms")
                .flatMap(value -> number(value, 1))
                .or(() -> answer.header("retry-after")
                        .flatMap(value -> number(value, 1000).or(() -> untilDate(value, answer))))
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Optional<Duration> number(String value, int millisPerUnit) {
        String number = value.strip();
        return NUMBER.matcher(number).matches()
                ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(number) * millisPerUnit)))
                : Optional.empty();
    }

    /** Counted from the provider's own clock, which need not be ours. */
    private static Optional<Duration> untilDate(String value, Response answer) {
        Optional<ZonedDateTime> sent = answer.header("date").flatMap(RetryAfter::date);
        return date(value)
                .flatMap(until -> sent.map(from -> Duration.between(from, until)))
                .filter(Duration::isPositive);
    }

    private static Optional<ZonedDateTime> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
