package io.switchboard.probing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to call an endpoint, with slots for what a tenant owns; see {@code endpoints.txt} for how it is written.
 *
 * @param ownStatus what the call answers to the owner of the things it names; null: any success
 * @param once the call uses up what it is given, so only the owner makes it
 * @param body null without one
 */
record EndpointCase(
        String method,
        String path,
        @Nullable Integer ownStatus,
        boolean once,
        BodyKind bodyKind,
        @Nullable String body) {

    private static final Pattern LINE =
            Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (\\S+)((?: [a-z=0-9]+)*)(?: (\\{.*))?");
    private static final Pattern SLOT = Pattern.compile("\\{([a-z][a-z-]*)([*!]?)}");

    enum BodyKind {
        JSON,
        /** JSON with the signature of a provider. */
        SIGNED,
        FILE
    }

    /**
     * A place for a value.
     *
     * @param query true in the query, where a foreign id may do nothing at all
     * @param ownRight knowing the value is a right of its own, as of an address that nobody can guess: answers may differ
     * @param fixed always the caller's own
     */
    record Slot(String kind, boolean query, boolean ownRight, boolean fixed) {}

    static EndpointCase parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a case: " + line);
        }
        List<String> words = List.of(matcher.group(3).strip().split(" +"));
        Integer status = words.stream()
                .filter(word -> word.startsWith("="))
                .map(word -> Integer.valueOf(word.substring(1)))
                .findFirst()
                .orElse(null);
        BodyKind kind =
                words.contains("file") ? BodyKind.FILE : words.contains("signed") ? BodyKind.SIGNED : BodyKind.JSON;
        return new EndpointCase(
                matcher.group(1), matcher.group(2), status, words.contains("once"), kind, matcher.group(4));
    }

    /** Without names of variables, so that it can be compared with a mapping's. */
    String shape() {
        return method + " " + path.replaceAll("\\?.*", "").replaceAll("\\{[^}]*}", "{}") + (isFile() ? " file" : "");
    }

    boolean isFile() {
        return bodyKind == BodyKind.FILE;
    }

    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        int query = path.indexOf('?');
        SLOT.matcher(path).results().forEach(found -> slots.add(slot(found, query >= 0 && found.start() > query)));
        if (body != null) {
            SLOT.matcher(body).results().forEach(found -> slots.add(slot(found, false)));
        }
        return slots.stream().distinct().toList();
    }

    private static Slot slot(MatchResult found, boolean query) {
        String mark = found.group(2);
        return new Slot(found.group(1), query, mark.equals("*"), mark.equals("!"));
    }

    String path(Map<String, String> values) {
        return filled(path, values, value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
                .replace("**", "anything")
                .replace("/*", "/anything");
    }

    @Nullable
    String body(Map<String, String> values) {
        return body == null
                ? null
                : filled(body, values, value -> value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static String filled(String template, Map<String, String> values, UnaryOperator<String> escape) {
        return SLOT.matcher(template).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("a world has no " + found.group(1) + "; let WorldMaker make one");
            }
            return Matcher.quoteReplacement(escape.apply(value));
        });
    }

    /** True if a field of the request stands in the case. */
    boolean names(String field) {
        return (body != null && body.contains("\"" + field + "\"")) || path.contains(field + "=");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
