package io.switchboard.ingestion.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.detect.AutoDetectReader;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;

/** Reads files of text whose encoding nobody says: UTF-8 if it is valid, else what it looks like. */
final class TextFiles {

    private static final int SAMPLE = 64 * 1024;

    private TextFiles() {}

    static String read(Path file) throws IOException, TikaException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return readDetected(file);
        }
    }

    private static String readDetected(Path file) throws IOException, TikaException {
        try (TikaInputStream bytes = TikaInputStream.get(file);
                AutoDetectReader reader = new AutoDetectReader(bytes)) {
            return reader.readAllAsString();
        }
    }

    /** Whether the beginning is free of what only binary files have; a stray control character is forgiven. */
    static boolean looksLikeText(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] start = bytes.readNBytes(SAMPLE);
            int strange = 0;
            for (byte b : start) {
                strange += b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' ? 1 : 0;
            }
            return strange <= Math.max(1, start.length / 100);
        }
    }
}
