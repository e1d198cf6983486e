package io.switchboard.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Days in UTC, both ends included; at most 366 of them. */
record DayRange(LocalDate from, LocalDate to) {

    private static final int MAX_DAYS = 366;
    static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    static final LocalDate LAST = LocalDate.of(2999, 12, 31);

    /** Without an end today, without a start the first of the end's month. */
    static DayRange of(@Nullable LocalDate from, @Nullable LocalDate to, Clock clock) {
        LocalDate end = Objects.requireNonNullElseGet(to, () -> LocalDate.now(clock.withZone(ZoneOffset.UTC)));
        LocalDate start = Objects.requireNonNullElseGet(from, () -> end.withDayOfMonth(1));
        if (start.isBefore(FIRST) || end.isAfter(LAST)) {
            throw ApiProblem.invalid(start.isBefore(FIRST) ? "from" : "to", "must be from " + FIRST + " to " + LAST);
        }
        if (start.isAfter(end)) {
            throw ApiProblem.invalid("from", "must not be after `to`");
        }
        if (ChronoUnit.DAYS.between(start, end) >= MAX_DAYS) {
            throw ApiProblem.invalid("from", "must be at most " + MAX_DAYS + " days before `to`");
        }
        return new DayRange(start, end);
    }
}
