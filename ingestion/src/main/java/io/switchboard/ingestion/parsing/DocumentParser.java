package io.switchboard.ingestion.parsing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in processes of their own, one file at a time in each: a file that loops, eats memory or breaks its parser costs that file
 * and nothing else. A process is kept for the next file, and ended when none comes for a while.
 */
public final class DocumentParser implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentParser.class);

    /** Characters of a passage by which its page is found. */
    private static final int LONGEST_SEARCHED = 2_000;

    private final ParserSettings settings;
    private final ParserCommand command;
    private final Tesseract tesseract;
    private final Deque<Idle> idle = new ArrayDeque<>();

    /** Kills at the deadline, and does nothing that could wait. */
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parser-alarms").factory());

    private final ScheduledExecutorService upkeep = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parser-upkeep").factory());
    private final ScheduledFuture<?> sweep;
    private boolean closed;

    DocumentParser(ParserSettings settings) {
        this(settings, ParserMain.class.getName());
    }

    /** @param mainClass what the processes run */
    DocumentParser(ParserSettings settings, String mainClass) {
        this.settings = settings;
        this.command = new ParserCommand(settings, mainClass);
        this.tesseract = new Tesseract(settings.tesseract());
        long idleMillis = settings.idle().toMillis();
        this.sweep = upkeep.scheduleWithFixedDelay(this::endIdle, idleMillis, idleMillis, TimeUnit.MILLISECONDS);
    }

    private record Idle(ParserProcess process, long sinceNanos) {}

    /**
     * Reads a file.
     *
     * @param name as the uploader calls it
     * @param declaredType as the uploader says; the bytes decide
     * @param size of the content in bytes
     * @param language ISO 639-1; helps to read pictures of text, and nothing else
     * @throws UncheckedIOException if the bytes cannot be read or no process can be started; worth another try later
     */
    public ParseResult parse(String name, String declaredType, long size, String language, ContentSource content) {
        if (size == 0) {
            return new ParseResult.Unreadable(Problem.EMPTY, "0 bytes");
        }
        ParseResult text = parse(request(name, declaredType, size, "", "", settings.deadline()), content);
        if (text instanceof ParseResult.Unreadable(var problem, var detail) && problem == Problem.PICTURES) {
            return tesseract
                    .reading(language)
                    .map(reading -> request(
                            name,
                            declaredType,
                            size,
                            reading.program().toString(),
                            reading.language(),
                            settings.pictureDeadline()))
                    .map(request -> parse(request, content))
                    .orElse(text);
        }
        return text;
    }

    /**
     * Reads a file that somebody waits for; pictures of text are not read.
     *
     * @param declaredType as the sender says; the bytes decide
     * @param deadline after which the process that reads it is killed
     * @throws UncheckedIOException if no process can be started; worth another try later
     */
    public ParseResult parse(byte[] content, String declaredType, Duration deadline) {
        return content.length == 0
                ? new ParseResult.Unreadable(Problem.EMPTY, "0 bytes")
                : parse(
                        request("", declaredType, content.length, "", "", deadline),
                        () -> new ByteArrayInputStream(content));
    }

    /**
     * Draws the page of a PDF on which a passage stands, within the limits of reading.
     *
     * @param size of the content in bytes
     * @return {@link ParseResult.Pictured}, or why there is no picture
     * @throws UncheckedIOException if the bytes cannot be read or no process can be started
     */
    public ParseResult draw(String name, long size, String passage, ContentSource content) {
        String searched = passage.substring(0, Math.min(passage.length(), LONGEST_SEARCHED));
        return parse(
                new Wire.Request(
                        name,
                        "application/pdf",
                        size,
                        settings.maxCharacters(),
                        "",
                        "",
                        searched,
                        settings.deadline().toMillis()),
                content);
    }

    private Wire.Request request(
            String name, String declaredType, long size, String tesseract, String language, Duration deadline) {
        return new Wire.Request(
                name, declaredType, size, settings.maxCharacters(), tesseract, language, "", deadline.toMillis());
    }

    private ParseResult parse(Wire.Request request, ContentSource content) {
        try {
            try {
                return parseOnce(request, content);
            } catch (ParserDiedException e) {
                LOG.info("Reading {} bytes once more in a new process ({})", request.size(), e.getMessage());
                return parseOnce(request, content);
            }
        } catch (ParserDiedException e) {
            if (e.whileReading()) {
                return new ParseResult.Unreadable(Problem.BROKEN, "twice: " + e.getMessage());
            }
            throw new UncheckedIOException("the parser process does not start", e);
        } catch (IOException e) {
            throw new UncheckedIOException("no parser process, or no bytes for it", e);
        }
    }

    private ParseResult parseOnce(Wire.Request request, ContentSource content) throws IOException {
        ParserProcess process = take();
        boolean healthy = false;
        try (InputStream bytes = content.open()) {
            ParseResult result = process.parse(request, bytes, content::isWanted, alarms, upkeep);
            healthy = process.isUsable();
            return result;
        } finally {
            if (healthy) {
                giveBack(process);
            } else {
                process.close();
            }
        }
    }

    private ParserProcess take() throws IOException {
        synchronized (idle) {
            if (closed) {
                throw new IOException("the program is ending");
            }
            Idle kept = idle.pollLast();
            if (kept != null && kept.process().isUsable()) {
                return kept.process();
            }
            if (kept != null) {
                kept.process().close();
            }
        }
        return ParserProcess.start(command);
    }

    private void giveBack(ParserProcess process) {
        synchronized (idle) {
            if (!closed) {
                idle.addLast(new Idle(process, System.nanoTime()));
                return;
            }
        }
        process.close();
    }

    private void endIdle() {
        while (true) {
            Idle oldest;
            synchronized (idle) {
                oldest = idle.peekFirst();
                if (oldest == null
                        || System.nanoTime() - oldest.sinceNanos()
                                < settings.idle().toNanos()) {
                    return;
                }
                idle.removeFirst();
            }
            oldest.process().close();
        }
    }

    /** Processes that wait for a file. */
    int idleProcesses() {
        synchronized (idle) {
            return idle.size();
        }
    }

    @Override
    public void close() {
        sweep.cancel(false);
        alarms.shutdownNow();
        upkeep.shutdownNow();
        synchronized (idle) {
            closed = true;
            idle.forEach(kept -> kept.process().close());
            idle.clear();
        }
    }
}
