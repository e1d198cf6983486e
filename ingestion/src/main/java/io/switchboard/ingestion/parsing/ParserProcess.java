package io.switchboard.ingestion.parsing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** One running {@link ParserMain}, without our environment, and killed when a file is not read in time. */
final class ParserProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParserProcess.class);

    /** How {@code -XX:+ExitOnOutOfMemoryError} ends a process. */
    private static final int OUT_OF_MEMORY = 3;

    private static final long WATCH_MILLIS = 500;

    private static final Duration DEATH_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Path temporary;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private boolean greeted;
    private boolean spent;

    private ParserProcess(Process process, Path temporary) {
        this.process = process;
        this.temporary = temporary;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    static ParserProcess start(ParserCommand command) throws IOException {
        Path temporary = Files.createTempDirectory("switchboard-parser");
        ProcessBuilder builder = new ProcessBuilder(command.line(temporary)).directory(temporary.toFile());
        builder.environment().clear();
        ParserProcess parser = new ParserProcess(builder.start(), temporary);
        Thread.ofVirtual().name("parser-errors").start(parser::logErrors);
        return parser;
    }

    private void logErrors() {
        try (BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            errors.lines().forEach(line -> LOG.debug("parser {}: {}", process.pid(), line));
        } catch (IOException | UncheckedIOException _) {
            LOG.debug("parser {} was ended", process.pid());
        }
    }

    /** Whether it takes another file; one that was killed does not, though it may be seen alive for a moment. */
    boolean isUsable() {
        return !spent && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Has one file read. After anything but an answer the process is dead.
     *
     * @param wanted asked now and then; once it is false, the process is killed
     * @param alarms for the deadline, which nothing may delay
     * @param upkeep for asking, which may take a while
     * @throws ParserDiedException if it died and nothing says that the file did it
     * @throws UncheckedIOException if the bytes cannot be read
     */
    ParseResult parse(
            Wire.Request request,
            InputStream bytes,
            BooleanSupplier wanted,
            ScheduledExecutorService alarms,
            ScheduledExecutorService upkeep)
            throws ParserDiedException {
        AtomicBoolean abandoned = new AtomicBoolean();
        ScheduledFuture<?> watch = upkeep.scheduleWithFixedDelay(
                () -> {
                    if (!wanted.getAsBoolean()) {
                        abandoned.set(true);
                        kill();
                    }
                },
                WATCH_MILLIS,
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = alarms.schedule(
                () -> {
                    late.set(true);
                    kill();
                },
                request.deadlineMillis(),
                TimeUnit.MILLISECONDS);
        boolean answered = false;
        try {
            greet();
            Wire.writeRequest(requests, request, new Source(bytes));
            ParseResult result = Wire.readAnswer(answers, request.maxCharacters());
            answered = true;
            return result;
        } catch (IOException e) {
            return abandoned.get() ? new ParseResult.Abandoned() : afterDeath(e, late.get());
        } finally {
            watch.cancel(false);
            alarm.cancel(false);
            if (!answered) {
                spent = true;
                kill();
            }
        }
    }

    /** With whatever it has started itself. */
    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void greet() throws IOException {
        if (!greeted && answers.readUnsignedByte() != Wire.GREETING) {
            throw new IOException("no greeting");
        }
        greeted = true;
    }

    private ParseResult afterDeath(IOException cause, boolean late) throws ParserDiedException {
        if (late) {
            return new ParseResult.Unreadable(Problem.TOO_SLOW, "killed at the deadline");
        }
        if (greeted && exitCode() == OUT_OF_MEMORY) {
            return new ParseResult.Unreadable(Problem.TOO_LARGE, "out of memory");
        }
        throw new ParserDiedException("parser process " + process.pid() + " ended with " + exitCode(), greeted, cause);
    }

    private int exitCode() {
        try {
            if (!process.waitFor(DEATH_LIMIT)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }

    @Override
    public void close() {
        kill();
        exitCode();
        try {
            FileSystemUtils.deleteRecursively(temporary);
        } catch (IOException e) {
            LOG.warn("Temporary files in {} could not be deleted and stay", temporary, e);
        }
    }

    /** Tells a failure to read the bytes from one to talk to the process. */
    private static final class Source extends InputStream {

        private final InputStream bytes;

        Source(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            try {
                return bytes.read();
            } catch (IOException e) {
                throw new UncheckedIOException("the stored file cannot be read", e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                return bytes.read(buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException("the stored file cannot be read", e);
            }
        }
    }
}
