package io.switchboard.whatsapp.waha;

import io.switchboard.channels.ReadMark;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a message, {@code fromMe_chat_message[_participant]}. Only its third part names the message: the chat is written as a phone
 * at one time and as a hidden id at another.
 *
 * @param message as WhatsApp itself names it
 * @param chat null if the id does not name it
 */
record WahaId(String message, @Nullable String chat, boolean ours) {

    private static final Pattern FULL = Pattern.compile("(true|false)_([^_]+@[^_]+)_([^_]+)(?:_.*)?");

    static WahaId of(String id) {
        Matcher parts = FULL.matcher(id);
        return parts.matches()
                ? new WahaId(parts.group(3), parts.group(2), parts.group(1).equals("true"))
                : new WahaId(id, null, false);
    }

    /** The whole id of a customer's message. */
    static String received(ReadMark mark) {
        return "false_" + mark.to() + "_" + mark.providerMessageId();
    }

    static @Nullable String messageOf(@Nullable String id) {
        return id == null ? null : of(id).message();
    }
}
