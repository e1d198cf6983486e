package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import io.switchboard.conversations.MessageMedia;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a message says; WAHA names no type, and some engines leave words in their raw data only. */
final class WahaContent {

    private static final Pattern FULL_NAME = Pattern.compile("(?m)^FN[^:\\r\\n]*:([^\\r\\n]+)");

    private WahaContent() {}

    /** @param baseUrl of the tenant's WAHA, where its files are fetched from, whatever host they name */
    static MessageContent of(JsonNode payload, String baseUrl) {
        JsonNode raw = payload.path("_data").path("message");
        String choice = firstOf(
                textAt(raw, "listResponseMessage", "title"),
                textAt(raw, "buttonsResponseMessage", "selectedDisplayText"),
                textAt(raw, "templateButtonReplyMessage", "selectedDisplayText"));
        if (choice != null) {
            return MessageContent.of(MessageKind.CHOICE, choice)
                    .choosing(firstOf(
                            textAt(raw, "listResponseMessage", "singleSelectReply", "selectedRowId"),
                            textAt(raw, "buttonsResponseMessage", "selectedButtonId"),
                            textAt(raw, "templateButtonReplyMessage", "selectedId")));
        }
        String text = words(payload, raw);
        String place = place(payload.path("location"));
        if (place != null) {
            return MessageContent.of(MessageKind.LOCATION, place);
        }
        String people = people(payload);
        if (people != null) {
            return MessageContent.of(MessageKind.CONTACT, people);
        }
        if (payload.path("hasMedia").asBoolean(false) || textAt(payload, "media", "url") != null) {
            return MessageContent.of(MessageKind.MEDIA, text).carrying(List.of(media(payload, baseUrl)));
        }
        return MessageContent.of(text == null ? MessageKind.EMPTY : MessageKind.TEXT, text);
    }

    private static @Nullable String words(JsonNode payload, JsonNode raw) {
        return firstOf(
                textAt(payload, "body"),
                textAt(raw, "conversation"),
                textAt(raw, "extendedTextMessage", "text"),
                textAt(raw, "imageMessage", "caption"),
                textAt(raw, "videoMessage", "caption"),
                textAt(raw, "documentMessage", "caption"),
                textAt(raw, "documentWithCaptionMessage", "message", "documentMessage", "caption"));
    }

    /** A file that failed to download has no address, and is a file all the same. */
    private static MessageMedia media(JsonNode payload, String baseUrl) {
        JsonNode media = payload.path("media");
        String type = textAt(media, "mimetype");
        return new MessageMedia(
                isSticker(payload.path("_data")) ? MessageMedia.Type.STICKER : MessageMedia.Type.ofMimeType(type),
                WahaAddress.inside(baseUrl, textAt(media, "url")),
                type,
                textAt(media, "filename"),
                null);
    }

    /** By its file a sticker is a picture; each engine has a way of its own to tell. */
    private static boolean isSticker(JsonNode data) {
        return "sticker".equals(textAt(data, "type"))
                || data.path("message").path("stickerMessage").isObject();
    }

    private static @Nullable String place(JsonNode location) {
        String latitude = textAt(location, "latitude");
        String longitude = textAt(location, "longitude");
        if (latitude == null || longitude == null) {
            return null;
        }
        return Stream.of(textAt(location, "title"), textAt(location, "description"), latitude + " " + longitude)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String people(JsonNode payload) {
        List<JsonNode> cards = elements(payload, "vCards");
        if (cards.isEmpty()) {
            return null;
        }
        return cards.stream()
                .map(card -> FULL_NAME.matcher(card.asString("")).results().findFirst())
                .map(name ->
                        name.map((MatchResult found) -> found.group(1).strip()).orElse("?"))
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String firstOf(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
