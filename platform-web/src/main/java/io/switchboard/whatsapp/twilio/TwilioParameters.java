package io.switchboard.whatsapp.twilio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parameters of a request, all of them: Twilio adds new ones unannounced and signs those too. */
record TwilioParameters(List<Parameter> all) {

    TwilioParameters {
        all = List.copyOf(all);
    }

    record Parameter(String name, String value) implements Comparable<Parameter> {

        private static final Comparator<Parameter> ORDER =
                Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

        @Override
        public int compareTo(Parameter other) {
            return ORDER.compare(this, other);
        }
    }

    /** Reads a form as it came; what cannot be decoded stays as it is, and then no signature fits it. */
    static TwilioParameters ofForm(byte[] body) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.add(new Parameter(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1))));
            }
        }
        return new TwilioParameters(parameters);
    }

    /** Reads the texts and numbers of an object; anything else holds no parameters. */
    static TwilioParameters ofJson(byte[] body, JsonMapper json) {
        try {
            return ofJson(json.readTree(body));
        } catch (JacksonException _) {
            return new TwilioParameters(List.of());
        }
    }

    static TwilioParameters ofJson(JsonNode object) {
        List<Parameter> parameters = new ArrayList<>();
        object.properties().forEach(field -> {
            if (field.getValue().isString() || field.getValue().isNumber()) {
                parameters.add(new Parameter(field.getKey(), field.getValue().asString()));
            }
        });
        return new TwilioParameters(parameters);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /** The first value that is not blank, without NUL characters; null if there is none. */
    @Nullable
    String text(String name) {
        return all.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(parameter -> parameter.value().replace("\0", ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** The first of several names that has a text. */
    @Nullable
    String text(String... names) {
        for (String name : names) {
            String text = text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** For people who look into a case. */
    String json(JsonMapper json) {
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach(parameter -> values.putIfAbsent(parameter.name(), parameter.value()));
        return json.writeValueAsString(values);
    }
}
