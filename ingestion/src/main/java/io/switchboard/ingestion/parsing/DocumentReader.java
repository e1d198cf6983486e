package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.BlockSink.TooLong;
import io.switchboard.ingestion.parsing.BlockSink.TooMuchText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.exception.ZeroByteFileException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** Finds out from the bytes what a file is, and has it read by the reader for that, if there is one. */
final class DocumentReader {

    private final TikaConfig tika = TikaConfig.getDefaultConfig();
    private final OfficeReader office = new OfficeReader(tika);

    sealed interface Reading {

        /** @param title empty if the document has none */
        record Done(String mediaType, String title) implements Reading {}

        record Failed(Problem problem, String detail) implements Reading {}
    }

    /** Reads one format. */
    interface FormatReader {

        /** @return the title, empty if the document has none */
        String read(Path file, BlockSink sink) throws IOException, SAXException, TikaException;
    }

    /**
     * Reads a file of any format.
     *
     * @param name as the uploader calls the file; settles what plain text is meant to be, and nothing else
     * @param pictures reads pictures of text; null: a file that holds nothing else ends with {@link Problem#PICTURES}
     */
    Reading read(Path file, String name, String declaredType, @Nullable PictureText pictures, BlockSink sink) {
        MediaType type = null;
        try {
            if (Files.size(file) == 0) {
                return new Reading.Failed(Problem.EMPTY, "0 bytes");
            }
            type = detect(file, name, declaredType);
            Format format = Format.of(type);
            Problem refusal = format.refusal(name);
            if (refusal != null) {
                return new Reading.Failed(refusal, type.toString());
            }
            String title = reader(format, pictures).read(file, sink);
            if (sink.isEmpty()) {
                return new Reading.Failed(Problem.NO_TEXT, type.toString());
            }
            return new Reading.Done(type.toString(), title);
        } catch (PicturesOnly e) {
            return new Reading.Failed(Problem.PICTURES, String.valueOf(type));
        } catch (TooMuchText | WriteLimitReachedException e) {
            return new Reading.Failed(Problem.TOO_LARGE, e.toString());
        } catch (EncryptedDocumentException e) {
            return new Reading.Failed(Problem.ENCRYPTED, e.toString());
        } catch (ZeroByteFileException e) {
            return new Reading.Failed(Problem.EMPTY, e.toString());
        } catch (IOException | SAXException | TikaException | RuntimeException | StackOverflowError e) {
            return new Reading.Failed(problem(e), type + ": " + e);
        }
    }

    /** Parsers wrap what went wrong in exceptions of their own, some of them only in words. */
    private static Problem problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = cause.toString().toLowerCase(Locale.ROOT);
            if (cause instanceof TooLong) {
                return Problem.TOO_LONG;
            }
            if (cause instanceof TooMuchText
                    || text.contains("zip bomb")
                    || text.contains("recordformatexception: tried to allocate")) {
                return Problem.TOO_LARGE;
            }
            if (cause instanceof EncryptedDocumentException
                    || text.contains("encrypted")
                    || text.contains("password")) {
                return Problem.ENCRYPTED;
            }
        }
        return Problem.BROKEN;
    }

    private FormatReader reader(Format format, @Nullable PictureText pictures) {
        return switch (format) {
            case PDF -> new PdfReader(pictures);
            case PICTURE ->
                (file, sink) -> {
                    if (pictures == null) {
                        throw new PicturesOnly();
                    }
                    pictures.read(file, sink);
                    return "";
                };
            case HTML -> new HtmlReader();
            case MARKDOWN -> new MarkdownReader();
            case CSV -> new CsvReader();
            case TEXT -> new PlainTextReader();
            case OFFICE -> office;
            case PROTECTED, ARCHIVE, OTHER -> throw new IllegalArgumentException("no reader for " + format);
        };
    }

    /** By the bytes alone; only where they are plain text, name and declared type say which kind of text. */
    private MediaType detect(Path file, String name, String declaredType) throws IOException {
        MediaType bytes = detect(file, new Metadata());
        Metadata named = new Metadata();
        named.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        named.set(Metadata.CONTENT_TYPE, declaredType);
        if (bytes.equals(MediaType.OCTET_STREAM) && isText(detect(file, named)) && TextFiles.looksLikeText(file)) {
            bytes = MediaType.TEXT_PLAIN;
        }
        if (!isText(bytes)) {
            return bytes;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".md") || lower.endsWith(".markdown") || declaredType.startsWith("text/markdown")) {
            return Format.MARKDOWN_TYPE;
        }
        if (!bytes.equals(MediaType.TEXT_PLAIN)) {
            return bytes;
        }
        MediaType known = detect(file, named);
        return isText(known) || known.equals(Format.MAIL_TYPE) ? known : bytes;
    }

    private MediaType detect(Path file, Metadata metadata) throws IOException {
        try (TikaInputStream bytes = TikaInputStream.get(file)) {
            return tika.getDetector().detect(bytes, metadata).getBaseType();
        }
    }

    private static boolean isText(MediaType type) {
        return type.getType().equals("text");
    }
}
