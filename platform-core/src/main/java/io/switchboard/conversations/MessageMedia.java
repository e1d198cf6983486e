package io.switchboard.conversations;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture, recording or file that a message carries; its bytes are still with the provider.
 *
 * @param reference the provider's id or address of it; null if there is nothing to fetch
 * @param sha256 as the provider names it
 */
public record MessageMedia(
        Type type,
        @Nullable String reference,
        @Nullable String mimeType,
        @Nullable String fileName,
        @Nullable String sha256) {

    public MessageMedia {
        reference = Storable.textOrNull(reference);
        mimeType = Storable.textOrNull(mimeType);
        fileName = Storable.textOrNull(fileName);
        sha256 = Storable.textOrNull(sha256);
    }

    /** True for something to listen to, if it can be fetched. */
    boolean isRecording() {
        return reference != null && (type == Type.VOICE || type == Type.AUDIO);
    }

    public enum Type {
        IMAGE,
        /** Recorded in the app. */
        VOICE,
        AUDIO,
        VIDEO,
        DOCUMENT,
        STICKER;

        /** By what comes before the slash; a document where that says nothing. */
        public static Type ofMimeType(@Nullable String mimeType) {
            String main = mimeType == null
                    ? ""
                    : mimeType.strip().toLowerCase(Locale.ROOT).replaceAll("/.*", "");
            return switch (main) {
                case "image" -> IMAGE;
                case "audio" -> AUDIO;
                case "video" -> VIDEO;
                default -> DOCUMENT;
            };
        }
    }
}
