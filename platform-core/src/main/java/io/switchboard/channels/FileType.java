package io.switchboard.channels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files that people may send to customers. */
public enum FileType {
    JPEG("image/jpeg", "jpg jpeg"),
    PNG("image/png", "png"),
    PDF("application/pdf", "pdf"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    TXT("text/plain", "txt"),
    CSV("text/csv", "csv");

    /** Bytes of a picture: WhatsApp's <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types">limit</a>. */
    public static final int LARGEST_PICTURE = 5_000_000;

    /** Bytes of a document. WhatsApp takes more. */
    public static final int LARGEST_DOCUMENT = 10_000_000;

    private final String mediaType;
    private final String endings;

    FileType(String mediaType, String endings) {
        this.mediaType = mediaType;
        this.endings = endings;
    }

    public static Optional<FileType> ofMediaType(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of names, in lower case and without the dot; the usual one first. */
    public List<String> endings() {
        return List.of(endings.split(" ", -1));
    }

    public boolean isPicture() {
        return this == JPEG || this == PNG;
    }

    /** In bytes. */
    public int largest() {
        return isPicture() ? LARGEST_PICTURE : LARGEST_DOCUMENT;
    }

    /** True if a file of this type may be called so. */
    public boolean isNameFor(String name) {
        return endings().contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
