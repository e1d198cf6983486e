package io.switchboard.ingestion.parsing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The parser process: reads files from standard input, answers on standard output, and ends with its input. It has no credentials and a
 * small heap; a file that breaks it costs that file only.
 */
public final class ParserMain {

    /** A process whose parent died ends by itself this much after the parent would have killed it. */
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(30);

    private final DataInputStream in;
    private final DataOutputStream out;
    private final DocumentReader reader = new DocumentReader();

    private ParserMain(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        // Whatever a library prints must not get between our frames.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        out.writeByte(Wire.GREETING);
        out.flush();
        new ParserMain(in, out).serve();
        // Nobody else does it when the program was killed.
        Files.deleteIfExists(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private void serve() throws IOException {
        while (true) {
            Wire.Request request;
            try {
                request = Wire.readRequest(in);
            } catch (EOFException _) {
                return;
            }
            Path file = Files.createTempFile("document", null);
            try {
                try (OutputStream copy = Files.newOutputStream(file)) {
                    Wire.copy(in, copy, request.size());
                }
                Thread watchdog = startWatchdog(
                        Duration.ofMillis(request.deadlineMillis()).plus(ORPHAN_GRACE));
                answer(request, file);
                watchdog.interrupt();
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    private void answer(Wire.Request request, Path file) throws IOException {
        if (!request.passage().isEmpty()) {
            draw(request, file);
            return;
        }
        BlockSink sink = new BlockSink(request.maxCharacters(), block -> Wire.writeBlock(out, block));
        PictureText pictures = request.tesseract().isEmpty()
                ? null
                : new PictureText(Path.of(request.tesseract()), request.pictureLanguage());
        DocumentReader.Reading reading = reader.read(file, request.name(), request.mediaType(), pictures, sink);
        switch (reading) {
            case DocumentReader.Reading.Done done -> Wire.writeEnd(out, done.mediaType(), done.title());
            case DocumentReader.Reading.Failed failed -> Wire.writeProblem(out, failed.problem(), failed.detail());
        }
    }

    private void draw(Wire.Request request, Path file) throws IOException {
        PdfPage.Drawn drawn;
        try {
            drawn = PdfPage.draw(file, request.passage());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            Wire.writeProblem(out, Problem.BROKEN, e.toString());
            return;
        }
        if (drawn == null) {
            Wire.writeProblem(out, Problem.NO_TEXT, "the passage is on no page");
            return;
        }
        Wire.writePicture(out, drawn.page(), drawn.pages(), drawn.png());
    }

    private static Thread startWatchdog(Duration deadline) {
        return Thread.ofPlatform().daemon().name("watchdog").start(() -> {
            try {
                Thread.sleep(deadline);
                Runtime.getRuntime().halt(4);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // the file was read in time
            }
        });
    }
}
