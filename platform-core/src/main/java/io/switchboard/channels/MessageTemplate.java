package io.switchboard.channels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that the provider approves beforehand, so that it may go to a customer who has not written lately. It has places for what
 * differs from one customer to the next, written {@code {{1}}} or {@code {{name}}}. See <a
 * href="https://developers.facebook.com/docs/whatsapp/message-templates">message templates</a>.
 *
 * @param name tells it apart in the channel, together with its language
 * @param language the provider's code, such as {@code en_US}
 * @param category what the provider takes it for, in the provider's word
 * @param header words above; null if there are none
 * @param footer words below, always the same; null if there are none
 * @param obstacle a sentence that says why it cannot be sent from here, whatever its status; null if it can
 * @param contentId what the provider calls it by where that is not its name; a variable then has one value in all places. Null: it is
 *     sent by its name, and each place has variables of its own
 */
public record MessageTemplate(
        String name,
        String language,
        String category,
        Status status,
        @Nullable String header,
        String body,
        @Nullable String footer,
        List<Button> buttons,
        @Nullable String obstacle,
        @Nullable String contentId) {

    /** Characters of a value; Meta's limit of a whole body. */
    public static final int MAX_VALUE_LENGTH = 1024;

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]{1,64})\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    public MessageTemplate {
        buttons = List.copyOf(buttons);
    }

    /** One that is sent by its name. */
    public MessageTemplate(
            String name,
            String language,
            String category,
            Status status,
            @Nullable String header,
            String body,
            @Nullable String footer,
            List<Button> buttons,
            @Nullable String obstacle) {
        this(name, language, category, status, header, body, footer, buttons, obstacle, null);
    }

    /** Whether the provider lets it be sent. */
    public enum Status {
        APPROVED,
        /** Nobody has asked for an approval. */
        UNSUBMITTED,
        /** The provider has not decided. */
        PENDING,
        REJECTED,
        /** For some time, since customers did not like it. */
        PAUSED,
        /** For good, or for a reason of the provider's own. */
        DISABLED
    }

    /** @param address of the page that it opens; null if it opens none */
    public record Button(String text, @Nullable String address) {}

    public enum Place {
        HEADER,
        BODY,
        /** At the end of the address that a button opens. */
        BUTTON
    }

    /**
     * A place for a value.
     *
     * @param button its number from 0; 0 where the place is no button
     * @param name as it is written between the braces
     */
    public record Variable(Place place, int button, String name) {

        /** True for one that has a number for a name. */
        public boolean hasNumber() {
            return NUMBER.matcher(name).matches();
        }
    }

    /** In the order in which values are given: those of the header, of the body, of the buttons. */
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        if (header != null) {
            variableNames(header).forEach(name -> variables.add(new Variable(Place.HEADER, 0, name)));
        }
        variableNames(body).forEach(name -> variables.add(new Variable(Place.BODY, 0, name)));
        for (int i = 0; i < buttons.size(); i++) {
            String address = buttons.get(i).address();
            if (address != null) {
                for (String name : variableNames(address)) {
                    variables.add(new Variable(Place.BUTTON, i, name));
                }
            }
        }
        Set<String> seen = new HashSet<>();
        return variables.stream().filter(variable -> seen.add(scope(variable))).toList();
    }

    /** Tells apart what has values of its own. */
    private String scope(Variable variable) {
        return contentId == null ? variable.place() + " " + variable.button() + " " + variable.name() : variable.name();
    }

    /** The variables that a text has, each once; numbers in their order, names as they come. */
    public static List<String> variableNames(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            names.add(found.group(1));
        }
        List<String> ordered = new ArrayList<>(names);
        if (ordered.stream().allMatch(name -> NUMBER.matcher(name).matches())) {
            ordered.sort((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)));
        }
        return ordered;
    }

    /**
     * The words that a customer reads, without the buttons. Where a value is missing or blank, its place stays as it is written.
     *
     * @param values in the order of {@link #variables}
     */
    public String text(List<String> values) {
        Map<String, String> known = new HashMap<>();
        List<Variable> variables = variables();
        for (int i = 0; i < Math.min(variables.size(), values.size()); i++) {
            if (!values.get(i).isBlank()) {
                known.put(scope(variables.get(i)), values.get(i));
            }
        }
        List<String> parts = new ArrayList<>();
        if (header != null) {
            parts.add(filled(header, Place.HEADER, known));
        }
        parts.add(filled(body, Place.BODY, known));
        if (footer != null) {
            parts.add(footer);
        }
        return String.join("\n\n", parts);
    }

    private String filled(String text, Place place, Map<String, String> known) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        known.getOrDefault(scope(new Variable(place, 0, found.group(1))), found.group())));
    }

    /**
     * With a value in every place.
     *
     * @throws IllegalArgumentException if there are more or fewer values than {@link #variables}
     */
    public FilledTemplate fill(List<String> values) {
        List<Variable> variables = variables();
        if (variables.size() != values.size()) {
            throw new IllegalArgumentException(
                    "template " + name + " has " + variables.size() + " variables, not " + values.size());
        }
        List<FilledTemplate.Value> filled = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            filled.add(new FilledTemplate.Value(variables.get(i), values.get(i)));
        }
        return new FilledTemplate(name, language, filled, contentId);
    }
}
