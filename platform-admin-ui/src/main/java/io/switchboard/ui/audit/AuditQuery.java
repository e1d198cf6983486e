package io.switchboard.ui.audit;

import com.vaadin.flow.router.QueryParameters;
import io.switchboard.audit.AuditFilter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters as the address holds them; days are those of the person who looks, both ends included. */
record AuditQuery(
        String actor,
        String action,
        String object,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {

    static AuditQuery of(QueryParameters parameters) {
        return new AuditQuery(
                parameters.getSingleParameter("actor").orElse(""),
                parameters.getSingleParameter("action").orElse(""),
                parameters.getSingleParameter("object").orElse(""),
                parameters.getSingleParameter("from").map(AuditQuery::day).orElse(null),
                parameters.getSingleParameter("until").map(AuditQuery::day).orElse(null));
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    QueryParameters parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "actor", actor);
        put(parameters, "action", action);
        put(parameters, "object", object);
        put(parameters, "from", from);
        put(parameters, "until", until);
        return QueryParameters.simple(parameters);
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            parameters.put(name, value.toString());
        }
    }

    AuditFilter filter(ZoneId zone) {
        return new AuditFilter(
                actor,
                action,
                object,
                from == null ? null : start(from, zone),
                until == null ? null : start(until.plusDays(1), zone));
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    boolean asksForAll() {
        return parameters().getParameters().isEmpty();
    }
}
