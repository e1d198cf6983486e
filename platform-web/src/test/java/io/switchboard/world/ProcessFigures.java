package io.switchboard.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a process and its children took of processor and memory, as Linux counts it; zero elsewhere. */
public final class ProcessFigures {

    /** Ticks in a second of {@code /proc/PID/stat}; 100 on every Linux that Java runs on. */
    private static final int TICKS = 100;

    private ProcessFigures() {}

    /** Processor time of the process itself. */
    static Duration processor(ProcessHandle process) {
        return ticks(process, 11, 2);
    }

    /** Processor time of the process, of its living children and of those it has seen end. */
    static Duration processorOfTree(ProcessHandle root) {
        return root.descendants().map(child -> ticks(child, 11, 2)).reduce(ticks(root, 11, 4), Duration::plus);
    }

    /** Memory in MB: pages of its own and its share of others' (proportional set size). */
    static long megabytes(ProcessHandle process) {
        Path pages = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        if (!Files.exists(pages)) {
            return 0;
        }
        try {
            return Files.readAllLines(pages).stream()
                            .filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException _) {
            return 0; // it ended meanwhile
        }
    }

    static long megabytesOfTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(ProcessFigures::megabytes)
                .sum();
    }

    /** The process behind a PostgreSQL data directory. */
    static ProcessHandle postmaster(Path dataDirectory) {
        try {
            String pid = Files.readAllLines(dataDirectory.resolve("postmaster.pid"))
                    .getFirst()
                    .strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("no server runs on " + dataDirectory, e);
        }
    }

    /** Sums fields after the process's name, which stands in parentheses and may hold blanks. */
    private static Duration ticks(ProcessHandle process, int first, int count) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = first; i < first + count; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return Duration.ofMillis(ticks * 1000 / TICKS);
        } catch (IOException _) {
            return Duration.ZERO; // it ended meanwhile, or this is no Linux
        }
    }
}
