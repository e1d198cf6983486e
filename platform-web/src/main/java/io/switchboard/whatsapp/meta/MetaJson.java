package io.switchboard.whatsapp.meta;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Meta's JSON, in which anything may be missing or of another type than documented. */
final class MetaJson {

    /** WhatsApp did not exist before. */
    private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");

    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final int MAX_LABEL_LENGTH = 80;

    private MetaJson() {}

    /** The text or number at a path, without NUL characters; null if there is none. */
    static @Nullable String textAt(JsonNode node, String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.path(name);
        }
        if (!at.isString() && !at.isNumber()) {
            return null;
        }
        String text = at.asString().replace("\0", "");
        return text.isBlank() ? null : text;
    }

    /** As {@link #textAt}, made fit for a line of the log. */
    static String label(JsonNode node, String... path) {
        String text = String.valueOf(textAt(node, path)).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_LABEL_LENGTH ? text : text.substring(0, MAX_LABEL_LENGTH) + "…";
    }

    /** The elements of an array; empty if it is something else. */
    static List<JsonNode> elements(JsonNode node, String name) {
        JsonNode array = node.path(name);
        List<JsonNode> elements = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(elements::add);
        }
        return elements;
    }

    /** Seconds since 1970, mostly as text; the arrival where they make no sense. */
    static Instant time(JsonNode node, Instant arrival) {
        String seconds = textAt(node, "timestamp");
        if (seconds == null || !seconds.matches("[0-9]{1,12}")) {
            return arrival;
        }
        Instant time = Instant.ofEpochSecond(Long.parseLong(seconds));
        return time.isBefore(EARLIEST) || time.isAfter(arrival.plus(CLOCK_SKEW)) ? arrival : time;
    }
}
