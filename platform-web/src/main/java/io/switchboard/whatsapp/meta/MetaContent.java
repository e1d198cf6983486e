package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import io.switchboard.conversations.MessageMedia;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a message says. Kinds that nobody answers have a text too where one helps people who read the conversation.
 *
 * @see <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages">Meta's message types</a>
 */
final class MetaContent {

    private MetaContent() {}

    static MessageContent of(JsonNode message) {
        String type = textAt(message, "type");
        String known = type == null ? guess(message) : type;
        return switch (known) {
            case "text" ->
                content(MessageKind.TEXT, message, "text", "body").refersTo(textAt(message, "context", "id"));
            case "image", "video", "audio", "voice", "document", "sticker" ->
                content(MessageKind.MEDIA, message, known, "caption")
                        .refersTo(textAt(message, "context", "id"))
                        .carrying(List.of(media(known, message.path(known))));
            case "button" ->
                choice(
                        firstText(textAt(message, "button", "text"), textAt(message, "button", "payload")),
                        textAt(message, "button", "payload"),
                        message);
            case "interactive" -> interactive(message.path("interactive"), message);
            case "location" -> MessageContent.of(MessageKind.LOCATION, place(message.path("location")));
            case "contacts" -> MessageContent.of(MessageKind.CONTACT, people(message));
            case "reaction" ->
                content(MessageKind.REACTION, message, "reaction", "emoji")
                        .refersTo(textAt(message, "reaction", "message_id"));
            case "edit" -> edit(message.path("edit"));
            case "revoke" ->
                MessageContent.of(MessageKind.REVOKE, null).refersTo(textAt(message, "revoke", "original_message_id"));
            case "system", "request_welcome" -> content(MessageKind.SYSTEM, message, "system", "body");
            case "order" -> content(MessageKind.UNSUPPORTED, message, "order", "text");
            default -> MessageContent.of(MessageKind.UNSUPPORTED, problem(message));
        };
    }

    private static MessageContent content(MessageKind kind, JsonNode message, String... path) {
        return MessageContent.of(kind, textAt(message, path));
    }

    private static String guess(JsonNode message) {
        return textAt(message, "text", "body") == null ? "unknown" : "text";
    }

    /** The new words, of a text or beneath a picture. */
    private static MessageContent edit(JsonNode edit) {
        JsonNode changed = edit.path("message");
        String type = textAt(changed, "type");
        String text = type == null || type.equals("text")
                ? textAt(changed, "text", "body")
                : textAt(changed, type, "caption");
        return MessageContent.of(MessageKind.EDIT, text).refersTo(textAt(edit, "original_message_id"));
    }

    private static MessageMedia media(String type, JsonNode media) {
        MessageMedia.Type kind = switch (type) {
            case "image" -> MessageMedia.Type.IMAGE;
            case "video" -> MessageMedia.Type.VIDEO;
            case "sticker" -> MessageMedia.Type.STICKER;
            case "voice" -> MessageMedia.Type.VOICE;
            case "audio" -> media.path("voice").asBoolean(false) ? MessageMedia.Type.VOICE : MessageMedia.Type.AUDIO;
            default -> MessageMedia.Type.DOCUMENT;
        };
        return new MessageMedia(
                kind,
                textAt(media, "id"),
                textAt(media, "mime_type"),
                textAt(media, "filename"),
                textAt(media, "sha256"));
    }

    private static MessageContent interactive(JsonNode interactive, JsonNode message) {
        String type = String.valueOf(textAt(interactive, "type"));
        return switch (type) {
            case "button_reply", "list_reply" ->
                choice(MetaChoices.said(interactive.path(type)), textAt(interactive, type, "id"), message);
            default -> MessageContent.of(MessageKind.UNSUPPORTED, textAt(interactive, "nfm_reply", "body"));
        };
    }

    private static MessageContent choice(@Nullable String title, @Nullable String id, JsonNode message) {
        return MessageContent.of(title == null ? MessageKind.UNSUPPORTED : MessageKind.CHOICE, title)
                .choosing(id)
                .refersTo(textAt(message, "context", "id"));
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
