package io.switchboard.whatsapp.twilio;

import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import io.switchboard.conversations.MessageMedia;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a message says. Where the type is missing or new, its parameters tell.
 *
 * @see <a href="https://www.twilio.com/docs/messaging/guides/webhook-request">Twilio's request to the webhook</a>
 */
final class TwilioContent {

    private TwilioContent() {}

    static MessageContent of(TwilioParameters parameters) {
        List<MessageMedia> media = TwilioMedia.of(parameters).stream()
                .filter(file -> !file.isCard())
                .map(file -> file.media(parameters.text("MessageType")))
                .toList();
        return words(parameters)
                .carrying(media)
                .refersTo(parameters.text("OriginalRepliedMessageSid"))
                .choosing(parameters.text("ButtonPayload", "ListId"));
    }

    private static MessageContent words(TwilioParameters parameters) {
        String body = parameters.text("Body");
        return switch (String.valueOf(parameters.text("MessageType"))) {
            case "image", "audio", "video", "document", "sticker" -> MessageContent.of(MessageKind.MEDIA, body);
            case "location" -> MessageContent.of(MessageKind.LOCATION, place(parameters));
            case "contacts" -> MessageContent.of(MessageKind.CONTACT, body);
            case "button", "interactive" -> choice(parameters, body);
            case "reaction" -> MessageContent.of(MessageKind.REACTION, body);
            case "unsupported", "system" -> MessageContent.of(MessageKind.UNSUPPORTED, body);
            default -> guess(parameters, body);
        };
    }

    private static MessageContent guess(TwilioParameters parameters, @Nullable String body) {
        if (parameters.text("ButtonText", "ListTitle") != null) {
            return choice(parameters, body);
        }
        if (parameters.text("Latitude") != null) {
            return MessageContent.of(MessageKind.LOCATION, place(parameters));
        }
        if (TwilioMedia.of(parameters).stream().anyMatch(TwilioMedia::isCard)) {
            return MessageContent.of(MessageKind.CONTACT, body);
        }
        if (hasMedia(parameters)) {
            return MessageContent.of(MessageKind.MEDIA, body);
        }
        return MessageContent.of(body == null ? MessageKind.UNSUPPORTED : MessageKind.TEXT, body);
    }

    private static boolean hasMedia(TwilioParameters parameters) {
        String count = parameters.text("NumMedia");
        return !TwilioMedia.of(parameters).isEmpty() || (count != null && count.matches("[1-9][0-9]?"));
    }

    private static MessageContent choice(TwilioParameters parameters, @Nullable String body) {
        String title = parameters.text("ButtonText", "ListTitle");
        if (title != null) {
            return MessageContent.of(MessageKind.CHOICE, title);
        }
        String any = body == null ? parameters.text("ButtonPayload", "ListId") : body;
        return MessageContent.of(any == null ? MessageKind.UNSUPPORTED : MessageKind.CHOICE, any);
    }

    private static @Nullable String place(TwilioParameters parameters) {
        String latitude = parameters.text("Latitude");
        String longitude = parameters.text("Longitude");
        String place = Stream.of(
                        parameters.text("Label"),
                        parameters.text("Address"),
                        latitude == null || longitude == null ? null : latitude + " " + longitude)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }
}
