package io.switchboard.models;

import io.switchboard.outbound.ProviderClient.Response;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads when a provider wants to be asked again. */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Null if the provider does not say, or says it in no form of RFC 9110; an hour at most. */
    static @Nullable Duration of(Response answer) {
        Optional<Duration> millis = answer.header("retry-after-ms").flatMap(value -> parse(value, 1));
        Optional<Duration> wait = millis.or(() ->
                answer.header("retry-after").flatMap(value -> parse(value, 1000).or(() -> untilDate(value, answer))));
        return wait.map(time -> time.compareTo(LONGEST) > 0 ? LONGEST : time).orElse(null);
    }

    private static Optional<Duration> parse(String value, int millisPerUnit) {
        try {
            double millis = Double.parseDouble(value.strip()) * millisPerUnit;
            return millis >= 0 ? Optional.of(Duration.ofMillis((long) millis)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
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
