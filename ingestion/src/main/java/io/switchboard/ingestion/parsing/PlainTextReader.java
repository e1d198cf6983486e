package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;

/** Plain text: blank lines separate paragraphs. What looks like a heading is left a paragraph, since nothing says that it is one. */
final class PlainTextReader implements FormatReader {

    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t]*(?:\\R[ \\t]*)+");
    private static final Pattern ITEM_START = Pattern.compile("\\R(?=[ \\t]*[•*\\-] )");

    @Override
    public String read(Path file, BlockSink sink) throws IOException, TikaException {
        BLANK_LINES
                .splitAsStream(TextFiles.read(file))
                .flatMap(ITEM_START::splitAsStream)
                .forEach(sink::paragraph);
        return "";
    }
}
