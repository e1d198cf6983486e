package io.switchboard.channels;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which files a channel takes.
 *
 * @param captions longest text beside a file of each type, in characters, 0 for none; a type that is missing cannot be sent
 * @param obstacle what keeps all files from being sent, with what to do; null where nothing does
 */
public record FileRules(
        Map<FileType, Integer> captions, @Nullable String obstacle) {

    /** Characters of a <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#media-object">caption</a>. */
    public static final int WHATSAPP_CAPTION = 1024;

    /** A channel that has no files. */
    public static final FileRules NONE =
            new FileRules(Map.of(), "Files cannot be sent through this channel. Send a link to the file instead.");

    /** Every type, with captions as WhatsApp has them. */
    public static final FileRules WHATSAPP = new FileRules(
            Arrays.stream(FileType.values()).collect(Collectors.toMap(Function.identity(), type -> WHATSAPP_CAPTION)),
            null);

    public FileRules {
        captions = Map.copyOf(captions);
    }
}
