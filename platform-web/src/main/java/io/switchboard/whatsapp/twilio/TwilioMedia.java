package io.switchboard.whatsapp.twilio;

import io.switchboard.conversations.MessageMedia;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that came with a message.
 *
 * @param type as Twilio names it; empty if it does not
 */
record TwilioMedia(String url, String type) {

    /** More than a message of WhatsApp's ever has. */
    private static final int MOST = 20;

    /** Looks for each by its name: their number is told as 0 at times though there are some. */
    static List<TwilioMedia> of(TwilioParameters parameters) {
        List<TwilioMedia> media = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String url = parameters.text("MediaUrl" + i);
            if (url != null) {
                String type = parameters.text("MediaContentType" + i);
                media.add(new TwilioMedia(url, type == null ? "" : type));
            }
        }
        return media;
    }

    /** @param messageType as Twilio names the message's */
    MessageMedia media(@Nullable String messageType) {
        MessageMedia.Type kind = "sticker".equals(messageType)
                ? MessageMedia.Type.STICKER
                : MessageMedia.Type.ofMimeType(type.isEmpty() ? null : type);
        return new MessageMedia(kind, url, type.isEmpty() ? null : type, null, null);
    }

    /** True for somebody's contact details. */
    boolean isCard() {
        return type.equals("text/vcard") || type.equals("text/x-vcard");
    }
}
