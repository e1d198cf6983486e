package io.switchboard.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MessageTemplate} as it goes to one customer: the provider knows its words, and is told the values.
 *
 * @param contentId what the provider calls it by; null where that is its name
 */
public record FilledTemplate(
        String name,
        String language,
        List<Value> values,
        @Nullable String contentId) {

    /** One that is sent by its name. */
    public FilledTemplate(String name, String language, List<Value> values) {
        this(name, language, values, null);
    }

    public FilledTemplate {
        values = List.copyOf(values);
    }

    public record Value(MessageTemplate.Variable variable, String text) {}

    /** Values of one place, in order. */
    public List<Value> of(MessageTemplate.Place place) {
        return values.stream()
                .filter(value -> value.variable().place() == place)
                .toList();
    }
}
