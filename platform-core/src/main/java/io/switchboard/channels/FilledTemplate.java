package io.switchboard.channels;

import java.util.List;

/** A {@link MessageTemplate} as it goes to one customer: the provider knows its words, and is told the values. */
public record FilledTemplate(String name, String language, List<Value> values) {

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
