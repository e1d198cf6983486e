package io.switchboard.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A calendar month in UTC, the span a budget is for. */
record Period(LocalDate firstDay) {

    static Period at(Instant instant) {
        return new Period(LocalDate.ofInstant(instant, ZoneOffset.UTC).withDayOfMonth(1));
    }

    Instant end() {
        return firstDay.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
