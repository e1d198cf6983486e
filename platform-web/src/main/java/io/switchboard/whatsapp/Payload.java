package io.switchboard.whatsapp;

import io.switchboard.kernel.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads a provider's JSON, in which anything may be missing or of another type than documented. */
public final class Payload {

    /** WhatsApp did not exist before. */
    private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");

    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final int MAX_LABEL_LENGTH = 80;

    /** Ids are about 60 characters, user ids at most 131; a longer one is none. */
    public static final int MAX_ID_LENGTH = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    private Payload() {}

    /** What a provider answered; a missing node if it is no JSON, as when a proxy answers in its place. */
    public static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    /** The text or number at a path, without NUL characters; null if there is none. */
    public static @Nullable String textAt(JsonNode node, String... path) {
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
    public static String label(JsonNode node, String... path) {
        String text = String.valueOf(textAt(node, path)).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_LABEL_LENGTH ? text : text.substring(0, MAX_LABEL_LENGTH) + "…";
    }

    /** The elements of an array; empty if it is something else. */
    public static List<JsonNode> elements(JsonNode node, String name) {
        JsonNode array = node.path(name);
        List<JsonNode> elements = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(elements::add);
        }
        return elements;
    }

    /** Seconds since 1970 at a path, mostly as text; the arrival where they make no sense. */
    public static Instant seconds(JsonNode node, Instant arrival, String... path) {
        String seconds = textAt(node, path);
        if (seconds == null || !seconds.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            return arrival;
        }
        Instant time = Instant.ofEpochSecond(Long.parseLong(seconds.replaceAll("\\..*", "")));
        return time.isBefore(EARLIEST) || time.isAfter(arrival.plus(CLOCK_SKEW)) ? arrival : time;
    }

    /** The provider's id of a message; without a usable one a digest of it, which is the same when it is delivered again. */
    public static String idOf(@Nullable String id, String message) {
        return id == null || id.isBlank() || id.length() > MAX_ID_LENGTH ? "sha256:" + Sha256.hex(message) : id;
    }
}
