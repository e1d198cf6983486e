package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.tika.exception.TikaException;

/** Rows of a table, separated by the comma, semicolon or tab that the first line has most of. */
final class CsvReader implements FormatReader {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    @Override
    public String read(Path file, BlockSink sink) throws IOException, TikaException {
        String text = TextFiles.read(file);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text.lines().findFirst().orElse("")))
                .setIgnoreEmptyLines(true)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        try (CSVParser rows = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord row : rows) {
                sink.tableRow(row.toList());
            }
        }
        return "";
    }

    private static char delimiter(String firstLine) {
        char best = ',';
        for (char candidate : DELIMITERS) {
            if (count(firstLine, candidate) > count(firstLine, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(c -> c == wanted).count();
    }
}
