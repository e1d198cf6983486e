package io.switchboard.conversations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param text words, caption or title of a choice; for kinds that nobody answers, what helps people who read the conversation
 * @param refersTo provider's id of the message that this one quotes, edits, revokes or reacts to
 * @param choiceId what we gave the button or row that the customer tapped
 */
public record MessageContent(
        MessageKind kind,
        @Nullable String text,
        @Nullable String refersTo,
        @Nullable String choiceId,
        List<MessageMedia> media) {

    /** WhatsApp's texts have 4,096 characters at most, with room for what may come; the whole message is kept beside. */
    public static final int MAX_TEXT_LENGTH = 16_384;

    private static final int MAX_ID_LENGTH = 500;

    public MessageContent {
        text = Storable.textOrNull(text);
        text = text == null || text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH);
        refersTo = usable(refersTo);
        choiceId = usable(choiceId);
        media = List.copyOf(media);
    }

    public static MessageContent of(MessageKind kind, @Nullable String text) {
        return new MessageContent(kind, text, null, null, List.of());
    }

    public static MessageContent text(String text) {
        return of(MessageKind.TEXT, text);
    }

    public MessageContent refersTo(@Nullable String message) {
        return new MessageContent(kind, text, message, choiceId, media);
    }

    public MessageContent choosing(@Nullable String choice) {
        return new MessageContent(kind, text, refersTo, choice, media);
    }

    public MessageContent carrying(List<MessageMedia> carried) {
        return new MessageContent(kind, text, refersTo, choiceId, carried);
    }

    private static @Nullable String usable(@Nullable String id) {
        String stored = Storable.textOrNull(id);
        return stored == null || stored.isBlank() || stored.length() > MAX_ID_LENGTH ? null : stored;
    }
}
