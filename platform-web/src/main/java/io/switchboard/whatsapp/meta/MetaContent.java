package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.meta.MetaJson.elements;
import static io.switchboard.whatsapp.meta.MetaJson.textAt;

import io.switchboard.conversations.MessageKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message says. Kinds that nobody answers have a text too where one helps people who read the conversation.
 *
 * @see <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages">Meta's message types</a>
 */
record MetaContent(MessageKind kind, @Nullable String text) {

    static MetaContent of(JsonNode message) {
        String type = textAt(message, "type");
        return switch (type == null ? guess(message) : type) {
            case "text" -> new MetaContent(MessageKind.TEXT, textAt(message, "text", "body"));
            case "image", "video", "audio", "voice", "document", "sticker" ->
                new MetaContent(MessageKind.MEDIA, textAt(message, String.valueOf(type), "caption"));
            case "button" -> choice(firstText(textAt(message, "button", "text"), textAt(message, "button", "payload")));
            case "interactive" -> interactive(message.path("interactive"));
            case "location" -> new MetaContent(MessageKind.LOCATION, place(message.path("location")));
            case "contacts" -> new MetaContent(MessageKind.CONTACT, people(message));
            case "reaction" -> new MetaContent(MessageKind.REACTION, textAt(message, "reaction", "emoji"));
            case "edit" -> new MetaContent(MessageKind.EDIT, textAt(message, "edit", "message", "text", "body"));
            case "revoke" -> new MetaContent(MessageKind.REVOKE, null);
            case "system", "request_welcome" -> new MetaContent(MessageKind.SYSTEM, textAt(message, "system", "body"));
            case "order" -> new MetaContent(MessageKind.UNSUPPORTED, textAt(message, "order", "text"));
            default -> new MetaContent(MessageKind.UNSUPPORTED, problem(message));
        };
    }

    private static String guess(JsonNode message) {
        return textAt(message, "text", "body") == null ? "unknown" : "text";
    }

    private static MetaContent interactive(JsonNode interactive) {
        return switch (String.valueOf(textAt(interactive, "type"))) {
            case "button_reply" -> choice(textAt(interactive, "button_reply", "title"));
            case "list_reply" -> choice(textAt(interactive, "list_reply", "title"));
            default -> new MetaContent(MessageKind.UNSUPPORTED, textAt(interactive, "nfm_reply", "body"));
        };
    }

    private static MetaContent choice(@Nullable String title) {
        return new MetaContent(title == null ? MessageKind.UNSUPPORTED : MessageKind.CHOICE, title);
    }

    private static @Nullable String place(JsonNode location) {
        String latitude = textAt(location, "latitude");
        String longitude = textAt(location, "longitude");
        return join(
                textAt(location, "name"),
                textAt(location, "address"),
                latitude == null || longitude == null ? null : latitude + " " + longitude);
    }

    private static @Nullable String people(JsonNode message) {
        List<String> names = elements(message, "contacts").stream()
                .map(contact -> textAt(contact, "name", "formatted_name"))
                .filter(Objects::nonNull)
                .toList();
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private static @Nullable String problem(JsonNode message) {
        return elements(message, "errors").stream()
                .findFirst()
                .map(error -> firstText(textAt(error, "error_data", "details"), textAt(error, "title")))
                .orElse(null);
    }

    private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String join(@Nullable String... parts) {
        String joined = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return joined.isEmpty() ? null : joined;
    }
}
