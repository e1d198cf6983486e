package io.switchboard.whatsapp.twilio;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Button;
import io.switchboard.channels.MessageTemplate.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A content of Twilio, of which one type is what WhatsApp approved. See <a
 * href="https://www.twilio.com/docs/content/content-types-overview">content types</a>.
 */
final class TwilioTemplate {

    private static final Predicate<String> SID =
            Pattern.compile("HX[0-9a-fA-F]{32}").asMatchPredicate();
    private static final Predicate<String> LANGUAGE =
            Pattern.compile("[A-Za-z_-]{2,20}").asMatchPredicate();
    private static final Predicate<String> NAME =
            Pattern.compile("[^\\p{Cntrl}]{1,400}").asMatchPredicate();

    /** What every channel of Twilio shows where it cannot show the other type. */
    private static final String PLAIN_TYPE = "twilio/text";

    private @Nullable String header;
    private String body = "";
    private @Nullable String footer;
    private final List<Button> buttons = new ArrayList<>();

    /** Texts that are not shown, or not filled in by us. */
    private final List<String> elsewhere = new ArrayList<>();

    private @Nullable String obstacle;

    private TwilioTemplate() {}

    /** Empty for what nobody could name when sending it. */
    static Optional<MessageTemplate> read(JsonNode content) {
        String sid = textAt(content, "sid");
        String language = textAt(content, "language");
        if (sid == null || language == null || !SID.test(sid) || !LANGUAGE.test(language)) {
            return Optional.empty();
        }
        String name =
                Objects.requireNonNullElse(textAt(content, "friendly_name"), "").strip();
        JsonNode approval = content.path("approval_requests");
        String type = type(content.path("types"), textAt(approval, "content_type"));
        TwilioTemplate parts = new TwilioTemplate();
        parts.read(type, content.path("types").path(type));
        parts.check();
        return Optional.of(new MessageTemplate(
                NAME.test(name) ? name : sid,
                language,
                Objects.requireNonNullElse(textAt(approval, "category"), "UNKNOWN"),
                status(textAt(approval, "status")),
                parts.header,
                parts.body,
                parts.footer,
                parts.buttons,
                parts.obstacle,
                sid));
    }

    /** The type that WhatsApp was asked about; else the first that is more than a text. */
    private static String type(JsonNode types, @Nullable String approved) {
        if (approved != null && types.has(approved)) {
            return approved;
        }
        return types.propertyNames().stream()
                .filter(type -> !type.equals(PLAIN_TYPE))
                .findFirst()
                .orElse(PLAIN_TYPE);
    }

    private static Status status(@Nullable String told) {
        return switch (told == null ? "unsubmitted" : told.toLowerCase(Locale.ROOT)) {
            case "approved" -> Status.APPROVED;
            case "unsubmitted" -> Status.UNSUBMITTED;
            case "received", "pending" -> Status.PENDING;
            case "rejected" -> Status.REJECTED;
            case "paused" -> Status.PAUSED;
            default -> Status.DISABLED; // disabled, or not known yet
        };
    }

    private void read(String type, JsonNode part) {
        body = Objects.requireNonNullElse(textAt(part, "body"), "");
        switch (type) {
            case PLAIN_TYPE, "twilio/quick-reply", "twilio/call-to-action", "twilio/media" -> {}
            case "twilio/card" -> {
                footer = textAt(part, "subtitle");
                String title = textAt(part, "title");
                if (body.isEmpty() && title != null) {
                    body = title;
                } else {
                    header = title;
                }
            }
            case "whatsapp/card" -> {
                header = textAt(part, "header_text");
                footer = textAt(part, "footer");
            }
            case "whatsapp/authentication" ->
                refuse("This template carries one-time codes, which a program makes and no person types.");
            default -> refuse("This template has parts that are neither words nor buttons.");
        }
        if (hasVariables(part.path("media"))) {
            refuse("This template has a picture, a film or a file that differs from message to message.");
        }
        elements(part, "actions").forEach(this::addButton);
    }

    /** @param media addresses, or one */
    private static boolean hasVariables(JsonNode media) {
        return !MessageTemplate.variableNames(media.toString()).isEmpty();
    }

    private void addButton(JsonNode action) {
        String title = Objects.requireNonNullElse(textAt(action, "title"), "");
        String type = Objects.requireNonNullElse(textAt(action, "type"), "QUICK_REPLY")
                .toUpperCase(Locale.ROOT);
        switch (type) {
            case "URL" -> buttons.add(new Button(title, textAt(action, "url")));
            case "QUICK_REPLY", "PHONE_NUMBER" -> buttons.add(new Button(title, null));
            default -> {
                buttons.add(new Button(title, null));
                refuse("This template has a button that is neither an answer, nor a link, nor a telephone number.");
            }
        }
        elsewhere.add(title);
        elsewhere.add(Objects.requireNonNullElse(textAt(action, "id"), ""));
        elsewhere.add(Objects.requireNonNullElse(textAt(action, "phone"), ""));
    }

    /** The first reason stays. */
    private void refuse(String sentence) {
        obstacle = obstacle == null ? sentence : obstacle;
    }

    private void check() {
        if (body.isEmpty()) {
            refuse("This template has no text.");
        }
        Set<String> given = new HashSet<>(MessageTemplate.variableNames(body));
        if (header != null) {
            given.addAll(MessageTemplate.variableNames(header));
        }
        buttons.stream()
                .map(Button::address)
                .filter(Objects::nonNull)
                .forEach(address -> given.addAll(MessageTemplate.variableNames(address)));
        boolean hidden = elsewhere.stream()
                .flatMap(text -> MessageTemplate.variableNames(text).stream())
                .anyMatch(name -> !given.contains(name));
        if (hidden || (footer != null && !MessageTemplate.variableNames(footer).isEmpty())) {
            refuse("This template has a variable elsewhere than in its words and the addresses of its buttons.");
        }
    }

    /** With its SID in its name. */
    static MessageTemplate renamed(MessageTemplate template) {
        return new MessageTemplate(
                template.name() + " " + template.contentId(),
                template.language(),
                template.category(),
                template.status(),
                template.header(),
                template.body(),
                template.footer(),
                template.buttons(),
                template.obstacle(),
                template.contentId());
    }

    /** A template with its values as the form of a request to send names it. */
    static Map<String, String> request(FilledTemplate template) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("ContentSid", Objects.requireNonNull(template.contentId()));
        Map<String, String> variables = new LinkedHashMap<>();
        template.values().forEach(value -> variables.put(value.variable().name(), value.text()));
        if (!variables.isEmpty()) {
            form.put("ContentVariables", JsonMapper.shared().writeValueAsString(variables));
        }
        return form;
    }
}
