package io.switchboard.conversations;

import io.switchboard.answering.MediaReader.Sense;
import java.util.Locale;
import java.util.Optional;
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

    /** By which it can be understood; empty if by none, or if it cannot be fetched. */
    Optional<Sense> sense() {
        if (reference == null) {
            return Optional.empty();
        }
        return switch (type) {
            case VOICE, AUDIO -> Optional.of(Sense.HEARING);
            case IMAGE -> Optional.of(Sense.SIGHT);
            case DOCUMENT -> Optional.of(Type.ofMimeType(mimeType) == Type.IMAGE ? Sense.SIGHT : Sense.READING);
            case VIDEO, STICKER -> Optional.empty();
        };
    }

    /** True unless the sender calls it something else; parameters and the old name of JPEG say nothing else. */
    boolean isCalled(String mediaType) {
        if (mimeType == null) {
            return true;
        }
        String plain = mimeType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return mediaType.equals(plain.equals("image/jpg") ? "image/jpeg" : plain);
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
