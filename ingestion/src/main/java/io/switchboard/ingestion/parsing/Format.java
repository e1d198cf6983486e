package io.switchboard.ingestion.parsing;

import java.util.Locale;
import java.util.Set;
import org.apache.tika.mime.MediaType;
import org.jspecify.annotations.Nullable;

/** Kinds of files that we tell apart. What is not listed is not read. */
enum Format {
    PDF,
    HTML,
    MARKDOWN,
    CSV,
    TEXT,
    /** Read by Tesseract. */
    PICTURE,
    /** Read by Tika's parsers. */
    OFFICE,
    PROTECTED,
    ARCHIVE,
    OTHER;

    static final MediaType MARKDOWN_TYPE = MediaType.text("markdown");
    static final MediaType MAIL_TYPE = MediaType.parse("message/rfc822");

    private static final Set<String> OFFICE_TYPES = Set.of(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/vnd.ms-excel.sheet.macroenabled.12",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.presentation",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/rtf",
            "application/epub+zip",
            "message/rfc822");

    private static final Set<String> OFFICE_ENDINGS =
            Set.of("docx", "pptx", "xlsx", "odt", "odp", "ods", "epub", "doc", "ppt", "xls");

    static Format of(MediaType type) {
        String name = type.getBaseType().toString();
        return switch (name) {
            case "application/pdf" -> PDF;
            case "text/html", "application/xhtml+xml" -> HTML;
            case "text/markdown", "text/x-web-markdown" -> MARKDOWN;
            case "text/csv", "text/tab-separated-values" -> CSV;
            case "image/png", "image/jpeg", "image/tiff", "image/webp" -> PICTURE;
            case "application/x-tika-ooxml-protected" -> PROTECTED;
            case "application/zip", "application/x-tika-ooxml", "application/x-tika-msoffice" -> ARCHIVE;
            default -> OFFICE_TYPES.contains(name) ? OFFICE : name.startsWith("text/") ? TEXT : OTHER;
        };
    }

    /** Why this kind of file is not read; null if it is. */
    @Nullable
    Problem refusal(String fileName) {
        return switch (this) {
            case PDF, HTML, MARKDOWN, CSV, TEXT, PICTURE, OFFICE -> null;
            case PROTECTED -> Problem.ENCRYPTED;
            case ARCHIVE -> OFFICE_ENDINGS.contains(ending(fileName)) ? Problem.BROKEN : Problem.UNSUPPORTED;
            case OTHER -> ending(fileName).equals("pdf") ? Problem.BROKEN : Problem.UNSUPPORTED;
        };
    }

    private static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
