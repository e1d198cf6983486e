package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Button;
import io.switchboard.channels.MessageTemplate.Place;
import io.switchboard.channels.MessageTemplate.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A template as Meta writes it: header, body, footer and buttons are components, of which there are more kinds than words. See <a
 * href="https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components">components</a>.
 */
final class MetaTemplate {

    private static final Predicate<String> NAME =
            Pattern.compile("[a-z0-9_]{1,512}").asMatchPredicate();
    private static final Predicate<String> LANGUAGE =
            Pattern.compile("[A-Za-z_-]{2,20}").asMatchPredicate();

    /** They say what they say, and ask for nothing when they are sent. */
    private static final Set<String> PLAIN_BUTTONS = Set.of("QUICK_REPLY", "URL", "PHONE_NUMBER");

    private @Nullable String header;
    private String body = "";
    private @Nullable String footer;
    private final List<Button> buttons = new ArrayList<>();
    private @Nullable String obstacle;

    private MetaTemplate() {}

    /** Empty for what nobody could name when sending it. */
    static Optional<MessageTemplate> read(JsonNode json) {
        String name = textAt(json, "name");
        String language = textAt(json, "language");
        if (name == null || language == null || !NAME.test(name) || !LANGUAGE.test(language)) {
            return Optional.empty();
        }
        MetaTemplate parts = new MetaTemplate();
        String category = Objects.requireNonNullElse(textAt(json, "category"), "UNKNOWN");
        if (category.equals("AUTHENTICATION")) {
            parts.obstacle = "This template carries one-time codes, which a program makes and no person types.";
        }
        elements(json, "components").forEach(parts::add);
        if (parts.body.isEmpty()) {
            parts.refuse("This template has no text.");
        }
        return Optional.of(new MessageTemplate(
                name,
                language,
                category,
                status(textAt(json, "status")),
                parts.header,
                parts.body,
                parts.footer,
                parts.buttons,
                parts.obstacle));
    }

    private static Status status(@Nullable String told) {
        return switch (String.valueOf(told)) {
            case "APPROVED" -> Status.APPROVED;
            case "PENDING", "IN_APPEAL" -> Status.PENDING;
            case "REJECTED" -> Status.REJECTED;
            case "PAUSED" -> Status.PAUSED;
            default -> Status.DISABLED; // being deleted, archived, over a limit, or not known yet
        };
    }

    private void add(JsonNode component) {
        String text = textAt(component, "text");
        switch (String.valueOf(textAt(component, "type"))) {
            case "HEADER" -> {
                if ("TEXT".equals(textAt(component, "format"))) {
                    header = text;
                } else {
                    refuse("The header of this template is a picture, a film, a file or a place.");
                }
            }
            case "BODY" -> body = text == null ? "" : text;
            case "FOOTER" -> footer = text;
            case "BUTTONS" -> elements(component, "buttons").forEach(this::addButton);
            default -> refuse("This template has parts that are neither words nor buttons.");
        }
    }

    private void addButton(JsonNode button) {
        buttons.add(new Button(
                Objects.requireNonNullElse(textAt(button, "text"), ""),
                "URL".equals(textAt(button, "type")) ? textAt(button, "url") : null));
        if (!PLAIN_BUTTONS.contains(String.valueOf(textAt(button, "type")))) {
            refuse("This template has a button that is neither an answer, nor a link, nor a telephone number.");
        }
    }

    /** The first reason stays. */
    private void refuse(String sentence) {
        obstacle = obstacle == null ? sentence : obstacle;
    }

    /** A template with its values as a request to send names it; what has no variables is left out. */
    static Map<String, Object> request(FilledTemplate template) {
        List<Map<String, Object>> components = new ArrayList<>();
        add(components, "header", template.of(Place.HEADER));
        add(components, "body", template.of(Place.BODY));
        for (FilledTemplate.Value value : template.of(Place.BUTTON)) {
            Map<String, Object> button = new LinkedHashMap<>();
            button.put("type", "button");
            button.put("sub_type", "url");
            button.put("index", Integer.toString(value.variable().button()));
            button.put("parameters", List.of(Map.of("type", "text", "text", value.text())));
            components.add(button);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", template.name());
        request.put("language", Map.of("code", template.language()));
        if (!components.isEmpty()) {
            request.put("components", components);
        }
        return request;
    }

    private static void add(List<Map<String, Object>> components, String type, List<FilledTemplate.Value> values) {
        if (!values.isEmpty()) {
            components.add(Map.of(
                    "type",
                    type,
                    "parameters",
                    values.stream().map(MetaTemplate::parameter).toList()));
        }
    }

    /** Variables with a name are named, those with a number are in their order. */
    private static Map<String, Object> parameter(FilledTemplate.Value value) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("type", "text");
        if (!value.variable().hasNumber()) {
            parameter.put("parameter_name", value.variable().name());
        }
        parameter.put("text", value.text());
        return parameter;
    }
}
