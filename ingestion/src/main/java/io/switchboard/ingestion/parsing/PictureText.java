package io.switchboard.ingestion.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Has Tesseract read one picture, inside the parser process: a child with little memory, one thread and a minute of time, which sees the
 * picture and nothing else.
 */
final class PictureText {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of address space; a page in colour at 300 dpi takes a fifth of it. */
    private static final int MAX_KILOBYTES = 1_500_000;

    private static final int MAX_OUTPUT = 4 * 1024 * 1024;
    private static final Pattern PARAGRAPHS = Pattern.compile("\\R\\s*\\R|\\f");
    private static final Pattern BROKEN_WORD = Pattern.compile("(?<=\\p{L})[-\u2010]\\R(?=\\p{Ll})");

    private final Path program;
    private final String language;

    PictureText(Path program, String language) {
        this.program = program;
        this.language = language;
    }

    /** @throws IOException if it is no picture that can be read */
    void read(Path picture, BlockSink sink) throws IOException {
        String text = BROKEN_WORD.matcher(run(picture)).replaceAll("");
        PARAGRAPHS
                .splitAsStream(text)
                .map(paragraph -> paragraph.replaceAll("\\R", " "))
                .forEach(sink::paragraph);
    }

    private String run(Path picture) throws IOException {
        Path errors = Files.createTempFile("tesseract", null);
        try {
            // Where the system knows no such limit, that of time has to do.
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            "/bin/sh",
                            "-c",
                            "ulimit -v " + MAX_KILOBYTES + " 2>/dev/null; exec \"$0\" \"$@\"",
                            program.toString(),
                            picture.toString(),
                            "stdout",
                            "-l",
                            language))
                    .redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().put("OMP_THREAD_LIMIT", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            Thread killer = Thread.ofPlatform().daemon().name("tesseract-limit").start(() -> killLate(process));
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
                int code = process.waitFor();
                if (code != 0) {
                    throw new IOException("tesseract ended with " + code + ": "
                            + Files.readString(errors).lines().findFirst().orElse(""));
                }
                return text;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                process.destroyForcibly();
                killer.interrupt();
            }
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private static void killLate(Process process) {
        try {
            if (!process.waitFor(LIMIT)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it was read in time
        }
    }
}
